"""The care for children: visits, screening, guardianship, quarterly reviews, support."""
