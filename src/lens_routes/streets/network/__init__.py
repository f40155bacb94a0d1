"""The compiled street network: flat buffers in one file, indexed by a grid."""
