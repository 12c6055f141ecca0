"""Frozen records of what is read and published.

Money is `Decimal` yuan, dates are `date`, every record keeps its `Source`. The dataclasses are
also the definition of the YAML files: a key is a field's name, a field without a default is
required, anything else is refused (see `generator.intake.shape`).
"""
