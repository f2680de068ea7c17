/** Dot product; the cosine when both are of unit length. */
export function dot(a: Float32Array | Float64Array, b: Float32Array): number {
  let sum = 0;
  for (let axis = 0; axis < b.length; axis++) sum += (a[axis] ?? 0) * (b[axis] ?? 0);
  return sum;
}
