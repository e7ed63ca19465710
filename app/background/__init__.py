"""What goes on in the background: training and other work that takes turns. Does not import Streamlit."""
