"""Argos packages: found, downloaded, checked, installed.

Comes in: a pair of languages, a file or an address. Goes out: `Package`, ready to be loaded. Nothing of a package is
trusted: `contents` looks at it before anything is unpacked. Start reading at `aligner.translation.packages.package`.
"""
