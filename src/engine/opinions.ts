import { exp, log } from './math.js';

/** How what agents read changes what they think. Opinions and stances are in [-1, 1]. */
export type OpinionRule =
  | { readonly rule: 'none' }
  /** Who is near enough is drawn nearer. Source: Deffuant, Neau, Amblard, Weisbuch, Advances in Complex Systems 3, 2000. */
  | {
      readonly rule: 'bounded_confidence';
      /** The largest difference that is still listened to, 0 to 2. */
      readonly confidence: number;
      /** Share of the difference that is given up, 0 to 1. */
      readonly rate: number;
    }
  /**
   * Evidence counts by how well it fits what one thinks already. Source: Dandekar, Goel, Lee, "Biased assimilation, homophily, and the
   * dynamics of polarization", PNAS 110, 2013, equation 1, with the stance as the share of evidence for 1.
   */
  | {
      readonly rule: 'biased_assimilation';
      /** 0: none, the average; 1 and above: polarising. */
      readonly bias: number;
      /** What one's own opinion weighs, against 1 for what is read; > 0. */
      readonly weight: number;
    };

/** The opinion after reading something of a stance. @param convinces the share of its pull that it has, 0 to 1 */
export function opinionAfter(rule: OpinionRule, opinion: number, stance: number, convinces: number): number {
  if (rule.rule === 'bounded_confidence') {
    const difference = stance - opinion;
    return Math.abs(difference) > rule.confidence ? opinion : opinion + rule.rate * convinces * difference;
  }
  if (rule.rule === 'biased_assimilation') {
    const x = (opinion + 1) / 2;
    const s = (stance + 1) / 2;
    const pro = convinces * power(x, rule.bias) * s;
    const contra = convinces * power(1 - x, rule.bias) * (1 - s);
    return (2 * (rule.weight * x + pro)) / (rule.weight + pro + contra) - 1;
  }
  return opinion;
}

/** base^exponent for a base in [0, 1]; 0^0 is 1. */
function power(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  return base <= 0 ? 0 : exp(exponent * log(base));
}
