"""What the CRM does by itself: rules of when and then are heard, carried out and, where they break, told of."""
