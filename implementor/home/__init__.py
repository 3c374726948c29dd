"""What a person sees first: their projects, their work, and the places they can jump to."""
