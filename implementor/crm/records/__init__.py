"""What every CRM record has in common: who owns and sees it, its pages, its parts, its names elsewhere."""
