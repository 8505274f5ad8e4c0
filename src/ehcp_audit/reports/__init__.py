"""Reports: figures put once into final words and rounded digits, and one writer a format."""
