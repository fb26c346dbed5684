"""The generator of Port Alder, the fictional city: each surprise in its tables is put in here."""
