"""ignite: engines that train."""
