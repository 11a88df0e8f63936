import { AppError } from '../errors/index.js';

/**
 * An outgoing request that was not made or did not succeed. No message has more of the URL than its origin, and none has
 * the address behind a name: whoever chose the URL may not be whoever may know the network.
 */
export class EgressError extends AppError {
  /** Nobody listed the server. */
  static unlisted(origin: string): EgressError {
    return new EgressError(
      'refused',
      'egress_unlisted',
      `${origin} is not asked: it is not listed in EGRESS_ALLOW`,
    );
  }

  /**
   * @param kind of address, such as `loopback` or `metadata`
   * @param address for the log: it is in the cause
   */
  static address(origin: string, kind: string, address: string): EgressError {
    const message = `${origin} is not asked: it has an address of the kind ${kind} that is not listed in EGRESS_ALLOW`;
    return new EgressError('refused', 'egress_address', message, [], { cause: new Error(address) });
  }

  /** The URL, a header or the way of asking breaks a rule. */
  static invalid(message: string): EgressError {
    return new EgressError('invalid', 'egress_invalid', message);
  }

  static redirect(origin: string, reason: string): EgressError {
    return new EgressError(
      'refused',
      'egress_redirect',
      `a redirect of ${origin} is not followed: ${reason}`,
    );
  }

  static tooLarge(origin: string, maxBytes: number): EgressError {
    const message = `the answer of ${origin} is larger than ${maxBytes} bytes`;
    return new EgressError('unavailable', 'egress_too_large', message);
  }

  static timeout(origin: string, timeoutMs: number): EgressError {
    const message = `${origin} has not answered in full within ${timeoutMs} ms`;
    return new EgressError('unavailable', 'egress_timeout', message);
  }

  /** @param reason a code such as ECONNREFUSED */
  static failed(origin: string, reason: string, cause: unknown): EgressError {
    return new EgressError('unavailable', 'egress_failed', `${origin} cannot be asked: ${reason}`, [], {
      cause,
    });
  }
}
