"""Many tours from one file: read it, build them side by side, hand them over in folders."""
