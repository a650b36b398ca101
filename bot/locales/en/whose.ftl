### Asking whose book it is about

whose-own = My own
