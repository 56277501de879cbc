"""How many threads the linear algebra below us may start."""

import os


def one_blas_thread() -> None:
    """Give BLAS one thread a process, unless whoever started us said otherwise.

    The matrices of a parse are small: on two cores a second thread costs a third more processor time and no less wall
    time, and several worker processes would fight over the same cores. Only heard before numpy is imported.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
