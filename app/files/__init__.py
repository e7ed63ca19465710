"""What people take home, and bring back."""
