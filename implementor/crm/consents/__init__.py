"""What contacts agreed to be contacted for, with the words they saw and the proof; nothing here is ever changed."""
