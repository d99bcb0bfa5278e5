"""What every room stands on: database, keys, record, letters, jobs, forms, pages, languages."""
