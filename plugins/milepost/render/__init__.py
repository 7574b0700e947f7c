"""Step 5: view-models become HTML and SVG."""
