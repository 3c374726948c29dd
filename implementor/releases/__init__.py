"""What goes live with a wave: migration runs that reconcile what another system held with what has come in."""
