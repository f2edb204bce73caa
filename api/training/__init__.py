"""培训: trainings that were held, and certificates, recorded simply."""
