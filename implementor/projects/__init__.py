"""What a rollout is run as: programmes, their projects, the areas in scope and the people in their roles."""
