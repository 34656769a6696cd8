/**
 * Solves A x = b for a symmetric positive definite A by Cholesky's factorisation (Golub and Van Loan, Matrix Computations, 4.2). O(n³/3).
 *
 * @param matrix A, row by row, n × n; only the lower triangle is read. It is overwritten with the factor.
 * @param right b; it is overwritten with x
 * @returns whether A was positive definite; if not, `right` is meaningless
 * @example choleskySolve(Float64Array.of(4, 0, 2, 3), Float64Array.of(8, 7)) // right becomes [1.25, 1.5]
 */
export function choleskySolve(matrix: Float64Array, right: Float64Array): boolean {
  const n = right.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k]! * matrix[j * n + k]!;
      if (i !== j) {
        matrix[i * n + j] = sum / matrix[j * n + j]!;
        continue;
      }
      if (!(sum > 0)) return false;
      matrix[i * n + i] = Math.sqrt(sum);
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= matrix[i * n + k]! * right[k]!;
    right[i] = sum / matrix[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i]!;
    for (let k = i + 1; k < n; k++) sum -= matrix[k * n + i]! * right[k]!;
    right[i] = sum / matrix[i * n + i]!;
  }
  return true;
}
