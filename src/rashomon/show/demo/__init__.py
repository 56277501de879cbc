"""The bundled story: invented articles by invented outlets, with a key of what is planted in them."""
