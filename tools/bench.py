"""The way from `make bench` to the measuring in `bench/`."""

from bench.run import main

if __name__ == "__main__":
    main()
