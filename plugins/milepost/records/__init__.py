"""Step 2: values become what an author may write, frozen and typed."""
