"""Tests of enterprises, their verification and staff."""
