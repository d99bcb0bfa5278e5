"""Tests of hours: sessions, the weekly list, records of service."""
