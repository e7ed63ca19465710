"""Records to what the browser draws. Knows nothing of Streamlit's state."""
