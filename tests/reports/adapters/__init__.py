"""From a reference case's input to our functions, by domain and by the shape of the input."""
