"""Pages of the platform's reviewers: the queue by deadline and one case."""
