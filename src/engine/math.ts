const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const SQRT2 = 1.4142135623730951;

/** Exponents of the normal numbers. */
const LEAST_EXPONENT = -1022;
const MOST_EXPONENT = 1023;
const POWERS = Float64Array.from({ length: MOST_EXPONENT - LEAST_EXPONENT + 1 }, (_, n) =>
  doubled(n + LEAST_EXPONENT),
);

/** 2^k by exact doublings. */
function doubled(k: number): number {
  let result = 1;
  for (let n = 0; n < Math.abs(k); n += 1) result *= k < 0 ? 0.5 : 2;
  return result;
}

/** 2^k for any integer k whose result is a normal number. */
function powerOfTwo(k: number): number {
  return POWERS[k - LEAST_EXPONENT] as number;
}

/**
 * e^x from + - * / alone, so that every JavaScript engine gives the same bits (Math.exp may differ in the last one).
 * Error below 1 ulp. Range reduction and the rational kernel are those of FreeBSD's msun e_exp.c (Sun Microsystems).
 * Overflows to Infinity above 709.78, and is flushed to 0 below -708.
 */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -708) return 0;
  const k = Math.floor(x / (LN2_HIGH + LN2_LOW) + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  // In two steps: 2^1024 itself is not a number, e^709.7 is.
  return k > 1000 ? y * powerOfTwo(1000) * powerOfTwo(k - 1000) : y * powerOfTwo(k);
}

/**
 * The natural logarithm from + - * / alone; error below 1 ulp for normal numbers. Kernel of FreeBSD's msun e_log.c.
 * log(0) is -Infinity; a negative number gives NaN.
 */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return Infinity;
  let m = x;
  let k = 0;
  for (; m >= 4294967296; k += 32) m /= 4294967296;
  for (; m < 2.3283064365386963e-10; k -= 32) m *= 4294967296;
  for (; m >= SQRT2; k += 1) m /= 2;
  for (; m < SQRT2 / 2; k -= 1) m *= 2;
  const f = m - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f);
}

/** The logistic function 1 / (1 + e^-x): log-odds to a probability in [0, 1]. */
export function logistic(x: number): number {
  return 1 / (1 + exp(-x));
}

/** The log-odds of a probability in (0, 1); the inverse of {@link logistic}. */
export function logit(probability: number): number {
  return log(probability / (1 - probability));
}

/** lowbias32: a bijective 32-bit mixer. Source: Chris Wellons, "Prospecting for Hash Functions" (2018). */
export function mix32(word: number): number {
  let x = word;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}
