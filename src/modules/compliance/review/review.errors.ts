import { AppError } from '../../../core/errors/index.js';
import { DECIDE_ESCALATED, LEASE_MINUTES } from './review.rules.js';

/** What can go wrong in the review of decisions. */
export class ReviewError extends AppError {
  static notFound(id: string): ReviewError {
    return new ReviewError('not_found', 'review_not_found', `there is no review of a decision ${id}`);
  }

  static noneWaiting(): ReviewError {
    return new ReviewError('not_found', 'review_none_waiting', 'no review waits that you may work on');
  }

  static closed(id: string): ReviewError {
    const message = `the review ${id} is closed; an appeal opens it again`;
    return new ReviewError('conflict', 'review_closed', message);
  }

  static claimed(id: string, by: string, until: Date): ReviewError {
    const message = `${by} works on the review ${id} until ${until.toISOString()}`;
    return new ReviewError('conflict', 'review_claimed', message);
  }

  static claimNeeded(id: string): ReviewError {
    const message = `claim the review ${id} first; a claim holds for ${LEASE_MINUTES} minutes`;
    return new ReviewError('conflict', 'review_claim_needed', message);
  }

  static anotherPerson(id: string): ReviewError {
    const message = `you have given an opinion on the review ${id}, or appealed: it takes another person`;
    return new ReviewError('forbidden', 'review_another_person', message);
  }

  static personNeeded(): ReviewError {
    const message = 'opinions are those of people: a service account gives none';
    return new ReviewError('forbidden', 'review_person_needed', message);
  }

  static moreSayNeeded(id: string): ReviewError {
    const message = `the review ${id} was escalated: it takes the permission ${DECIDE_ESCALATED}`;
    return new ReviewError('forbidden', 'review_more_say_needed', message);
  }

  static escalated(id: string): ReviewError {
    const message = `the review ${id} is with those who have more say already`;
    return new ReviewError('conflict', 'review_escalated', message);
  }

  static labelsMissing(): ReviewError {
    const message = 'at least one is needed with the verdict label, and none with another';
    return new ReviewError('invalid', 'review_labels_wrong', `labels: ${message}`, [
      { field: 'labels', message },
    ]);
  }

  static undecided(id: string): ReviewError {
    const message = `the review ${id} has not ended: there is nothing to appeal against`;
    return new ReviewError('conflict', 'review_undecided', message);
  }

  static nothingHeld(id: string): ReviewError {
    const message = `the text of decision ${id} may go on: there is nothing to appeal against`;
    return new ReviewError('conflict', 'review_nothing_held', message);
  }

  static appealed(id: string): ReviewError {
    const message = `the decision ${id} was appealed against before; the second answer is the last`;
    return new ReviewError('conflict', 'review_appealed', message);
  }
}
