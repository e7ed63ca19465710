"""The app: pages that show what `w2v_core` does. Computes nothing itself."""
