// Generated from docs/openapi.json by `npm run generate`.
export interface paths {
  '/api/v1/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What happens, as server-sent events.
     * @description The credential is in the headers, as for every route; `?token=` is for the WebSocket alone. Each event has its position as `id`, its type as `event` and the whole as JSON in `data`. A client that connects again with `Last-Event-ID`, or with `after`, misses nothing. The stream ends when the access token expires, with an event `end` that says so. Events are kept for some days: what is older answers 410, and so does a position that no event has yet. The events and their payloads are described by `/docs/asyncapi.yaml`.
     */
    get: operations['Events_events'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was done, and by whom, the newest first unless another order is asked for. */
    get: operations['Audit_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/llm/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Language models: what answers, which servers can be asked, and what was used.
     * @description Asks every configured server. Breakers, limits and totals are those of the process that answers.
     */
    get: operations['Llm_status'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/llm/cassettes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Cassettes: recorded answers of language models. */
    get: operations['Llm_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/llm/cassettes/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A cassette: how many answers it has, and of which models. */
    get: operations['Llm_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/llm/cassettes/{name}/file': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The file of a cassette.
     * @description JSON Lines: an entry on each, with the prompt, the answer and the digest, in the order of the keys; the last line has their number and the digest of all.
     */
    get: operations['Llm_download'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/llm/cassettes/{name}/entries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Adds lines of a file to a cassette, which is made unless it is there.
     * @description All of them or none. The key and the digest of every entry are checked; what is there already counts as present, and another answer to the same call is a conflict. A large file is sent in parts, as `azt3knet llm cassettes import` does.
     */
    post: operations['Llm_import'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Logs in with a username and a password, and a code where an authenticator is enrolled.
     * @description After some failures the name is blocked for the address, for longer each time (429 with `Retry-After`).
     */
    post: operations['Login_login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * New tokens for a refresh token.
     * @description It goes into `Authorization: Bearer …`. A refresh token holds once. Using one again ends its session: somebody else has it.
     */
    post: operations['Login_refresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends the session; its tokens hold no more. */
    post: operations['Login_logout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/auth/logout-everywhere': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends all sessions of the caller, this one too. */
    post: operations['Login_logoutEverywhere'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who calls, and what they may do. */
    get: operations['Account_me'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/me/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Changes the password; all other sessions end. */
    post: operations['Account_changePassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/me/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller’s own sessions. */
    get: operations['Account_mySessions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/me/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Ends one of the caller’s own sessions. */
    delete: operations['Account_endSession'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/me/totp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A secret for an authenticator; log-ins need its codes once one is confirmed. */
    post: operations['Account_beginTotp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/me/totp/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Confirms the authenticator by one of its codes; all other sessions end. */
    post: operations['Account_confirmTotp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/me/totp/remove': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Removes the authenticator, by the password and one of its codes; all other sessions end. */
    post: operations['Account_removeTotp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** People and service accounts. */
    get: operations['Users_list'];
    put?: never;
    /**
     * Makes a person or a service account.
     * @description A person changes the first password at the first log-in. Nobody gives a role that may do more than theirs.
     */
    post: operations['Users_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A user. */
    get: operations['Users_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Gives a user another role, or lets it act or not.
     * @description It holds within a second, everywhere. The last administrator stays one.
     */
    patch: operations['Users_update'];
    trace?: never;
  };
  '/api/v1/users/{id}/reset-password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Gives a person another first password; all their sessions end.
     * @description Failed log-ins that block the name are forgotten.
     */
    post: operations['Users_resetPassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{id}/reset-totp': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes a lost authenticator away; all sessions of the user end. */
    post: operations['Users_resetTotp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/users/{id}/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Ends all sessions of a user.
     * @description Of somebody who may do no more than the caller.
     */
    delete: operations['Users_endSessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/roles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All roles, and all permissions that there are. */
    get: operations['Roles_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/roles/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A role. */
    get: operations['Roles_get'];
    /**
     * Makes a role, or gives it other permissions.
     * @description It holds for those who have it within a second. Nobody gives a permission that is not theirs.
     */
    put: operations['Roles_put'];
    post?: never;
    /** Deletes a role that nobody has. */
    delete: operations['Roles_delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Sessions of everybody, the newest first unless another order is asked for. */
    get: operations['Sessions_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Ends a session; its tokens hold no more, within a second and everywhere.
     * @description Of somebody who may do no more than the caller.
     */
    delete: operations['Sessions_revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The caller’s keys, or everybody’s.
     * @description Those of others take `keys:read`. Who calls with a key sees that one, and those of its user that may do no more.
     */
    get: operations['ApiKeys_list'];
    put?: never;
    /**
     * Makes an API key, or a client secret of a service account.
     * @description The secret is told in this answer and never again. For another user it takes `keys:write`, and a user who may do no more than the caller. A program that calls with a key, or with the token of a client, makes none.
     */
    post: operations['ApiKeys_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/keys/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A key, without its secret. */
    get: operations['ApiKeys_get'];
    put?: never;
    post?: never;
    /**
     * Revokes a key, within a second and everywhere.
     * @description What it put in its place by itself ends, too. Who calls with a key ends none that may do more.
     */
    delete: operations['ApiKeys_revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/keys/{id}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Another key in the place of this one.
     * @description A program may do so with the key that it calls with: the new one ends when the old one would have, or is revoked.
     */
    post: operations['ApiKeys_rotate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/signing-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The keys that sign tokens, the newest first. */
    get: operations['SigningKeys_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/signing-keys/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Another key signs from now on; the older ones go on verifying, unless they are revoked. */
    post: operations['SigningKeys_rotate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/signing-keys/{kid}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revokes a key: what it signed does not hold any more, within a second and everywhere. */
    delete: operations['SigningKeys_revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/jwks.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The public keys of the access tokens; none where a shared secret signs them. */
    get: operations['Jwks_jwks'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/oauth/token': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** An access token for a service account: the client credentials grant of OAuth 2. */
    post: operations['OAuth_token'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Jobs, the newest first. */
    get: operations['Jobs_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/bulk-cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancels many jobs and those that wait for them.
     * @description What cannot be cancelled is told with its reason and stops no other.
     */
    post: operations['Jobs_cancelMany'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/redrive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Puts many jobs that failed back in their queues: dead letters by a filter, or some by their ids.
     * @description What cannot be retried is told with its reason and stops no other.
     */
    post: operations['Jobs_redrive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The status, progress and result of a job. */
    get: operations['Jobs_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancels a job and those that wait for it.
     * @description A running one stops within a second or so.
     */
    post: operations['Jobs_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/jobs/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Puts a job that failed or was cancelled back in its queue, with those that ended because of it.
     * @description It has all its attempts again.
     */
    post: operations['Jobs_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Processes that do jobs, the oldest first. */
    get: operations['Workers_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workers/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Says what is wanted of a worker: to drain, to go on, to do fewer jobs at once.
     * @description It reads that within a second or so. A worker that drains takes no more jobs, finishes those that it has, and idles until it is stopped or wanted again.
     */
    patch: operations['Workers_update'];
    trace?: never;
  };
  '/api/v1/queues': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The queues of jobs, and what is wanted of them. */
    get: operations['Queues_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/queues/{queue}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Pauses or resumes a queue, or says how many of its jobs each worker does at once.
     * @description Workers read that within a second or so; jobs that they have go on.
     */
    patch: operations['Queues_update'];
    trace?: never;
  };
  '/api/v1/incidents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was out of the usual with bots, workers and queues, the newest first. */
    get: operations['Incidents_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An incident. */
    get: operations['Incidents_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lets self-healing do what it proposes. */
    post: operations['Incidents_approve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/incidents/{id}/dismiss': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Closes an incident about which nothing is to be done. */
    post: operations['Incidents_dismiss'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/playbooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What self-healing does about which symptom, and how often that has helped. */
    get: operations['Playbooks_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Exports, the newest first unless another order is asked for. */
    get: operations['Exports_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exports/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An export: what it was made of, its size, SHA-256 and expiry. */
    get: operations['Exports_get'];
    put?: never;
    post?: never;
    /** Deletes an export and its file; links to it end. */
    delete: operations['Exports_delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exports/{id}/file': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The file of an export.
     * @description Takes `Range`, and answers 304 to an `If-None-Match` that names its SHA-256.
     */
    get: operations['Exports_download'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exports/{id}/manifest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where an export comes from: specification, seed, versions, size and SHA-256. */
    get: operations['Exports_manifest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/exports/{id}/links': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Makes a link to the file of an export that anybody may use, without a token, until it expires. */
    post: operations['Exports_link'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/shared/exports/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The file of an export, for whoever holds a link to it. */
    get: operations['Exports_shared'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decisions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the guard decided, the newest first unless another order is asked for. */
    get: operations['Compliance_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/decisions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the guard decided on a subject, with the rules and places that made it so. */
    get: operations['Compliance_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/policies': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The current versions of the policies. */
    get: operations['Policies_list'];
    put?: never;
    /**
     * Adds a policy.
     * @description The same document again answers 200 with what is there.
     */
    post: operations['Policies_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/policies/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A policy in full: its current version, or one of those it had. */
    get: operations['Policies_get'];
    /**
     * Gives a policy a newer version.
     * @description Its version must be higher than every version so far; it is in force with the next decision of every process.
     */
    put: operations['Policies_replace'];
    post?: never;
    /**
     * Retires a policy: it can still be read and named by its version, and is no longer the current one.
     * @description Every version that was given, or one of them. What comes with the product cannot be retired.
     */
    delete: operations['Policies_retire'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/policies/{name}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The versions of a policy, the newest first, retired ones among them. */
    get: operations['Policies_versions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/policies/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says what is wrong with a policy, without keeping it. */
    post: operations['Policies_check'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/policies/{name}/rollback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Goes back to an earlier version of a policy: those above it are retired. */
    post: operations['Policies_rollBack'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/policies/{name}/rules/{rule}/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Gives a rule another status, as a newer version of its policy. */
    put: operations['Policies_setRuleStatus'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compliance/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Says what the guard would decide on some texts.
     * @description Nothing is kept: a decision is made, and audited, where a text becomes part of something.
     */
    post: operations['Checks_check'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compliance/backtest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Says what a version of a policy would decide, beside what those in force do.
     * @description On given texts, or page by page on what was decided before; nothing is kept.
     */
    post: operations['Backtests_run'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/compliance/statistics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How often the guard decided what, by day, rule, kind of subject and agent.
     * @description The last 30 days, unless other times are given.
     */
    get: operations['Statistics_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reviews': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Decisions that wait for people, or did; what is due first unless another order is asked for. */
    get: operations['Reviews_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reviews/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A review with its decision, the texts, and all that was said about them. */
    get: operations['Reviews_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reviews/claim': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Claims the review that is due first.
     * @description Nobody else works on it for 15 minutes. Several who ask at once get different ones. What was escalated goes to who holds `reviews:decide_escalated` alone.
     */
    post: operations['Reviews_claimNext'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reviews/{id}/claim': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Claims a review, or extends the claim. */
    post: operations['Reviews_claim'];
    /** Gives a claim back; nothing is decided. */
    delete: operations['Reviews_giveBack'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reviews/{id}/decide': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives an opinion on a claimed review; it closes it, or another person is asked. */
    post: operations['Reviews_decide'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reviews/{id}/escalate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Hands a claimed review to those who have more say.
     * @description From then on it is for who holds `reviews:decide_escalated`, and nobody else.
     */
    post: operations['Reviews_escalate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reviews/{id}/appeal': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Asks others for another look at a decision that holds a text back, of the guard or of people.
     * @description Once for each decision. What was decided holds, and stays to be seen.
     */
    post: operations['Reviews_appeal'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/populate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Makes a population of synthetic agents.
     * @description With `preview`, the first agents come back; with `persist` or `export`, the answer is 202 with the job that stores or exports them all; without any, all agents come back, up to the limit.
     */
    post: operations['Agents_populate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/provision': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Provisions agents: makes a population and stores it.
     * @description As `POST /populate` with `persist`. A population follows from its specification and its seed, so agents are never added to one that is there; the same specification and seed again give the same agents, once.
     */
    post: operations['Agents_provision'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Persisted agents of all populations. */
    get: operations['Agents_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/populations/{id}/agents': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The agents of a persisted population, in their order unless another is asked for. */
    get: operations['Agents_ofPopulation'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One persisted agent. */
    get: operations['Agents_agent'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/populations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Populations, the newest first unless another order is asked for. */
    get: operations['Populations_list'];
    put?: never;
    /**
     * Makes a population of a population file: distributions, tables, a sample.
     * @description With `preview`, the first agents come back; with `persist` or `export`, the answer is 202 with the job that stores or exports them all; without any, all agents come back, up to the limit.
     */
    post: operations['PopulationFiles_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/populations/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says what is wrong with a population file, or what it gives; nothing is kept. */
    post: operations['PopulationFiles_check'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/populations/{id}/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every margin and association, asked for and reached, with diversity and coherence, as data or as a page, whichever the Accept header wants more.
     * @description All agents are made again and counted, which takes a second for each 20,000 of them.
     */
    get: operations['PopulationFiles_audit'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/populations/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A population that was persisted or exported. */
    get: operations['Populations_get'];
    put?: never;
    post?: never;
    /**
     * Deletes a population with its agents and exports.
     * @description Refused with 409 while drafts, runs or unfinished jobs need it; with `cascade` its drafts and runs go as well.
     */
    delete: operations['Populations_delete'];
    options?: never;
    head?: never;
    /**
     * Names, annotates or tags a population.
     * @description What it is made from and its agents never change.
     */
    patch: operations['Populations_update'];
    trace?: never;
  };
  '/api/v1/populations/{id}/exports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Accepts a job that exports a population.
     * @description Where the export is there already, the answer is 200 with it.
     */
    post: operations['PopulationExports_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/populations/{id}/exports/{format}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The file of a finished export.
     * @description Takes `Range`, and answers 304 to an `If-None-Match` that names its SHA-256.
     */
    get: operations['PopulationExports_exported'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/populations/{id}/exports/{format}/manifest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Where an export comes from: specification, seed, size and SHA-256. */
    get: operations['PopulationExports_manifest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/{id}/state': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The state of an agent now.
     * @description Before the first one is written, it is an empty object of version 0.
     */
    get: operations['AgentStates_current'];
    /** Writes a new state of an agent; what it was before stays in its history. */
    put: operations['AgentStates_write'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/{id}/state/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The versions of an agent’s state, the newest first. */
    get: operations['AgentStates_history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/{id}/state/{version}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The state of an agent in one version. */
    get: operations['AgentStates_version'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/content/draft': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Writes a draft as one agent, or accepts a job that writes drafts for every agent of a population.
     * @description Where the same was asked before, the answer is 200 with what is there.
     */
    post: operations['Content_draft'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/content/drafts/bulk': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Writes many drafts, each as one agent.
     * @description Each is written or refused for itself; the results have the order of the requests.
     */
    post: operations['Content_drafts'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/content/drafts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Drafts, in the order of their ids unless another is asked for. */
    get: operations['Content_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/content/drafts/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A draft with its scores and the guard’s decision. */
    get: operations['Content_get'];
    put?: never;
    post?: never;
    /**
     * Deletes a draft.
     * @description Refused with 409 when it belongs to a batch, which runs are made from.
     */
    delete: operations['Content_delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/content/batches/{id}/exports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Accepts a job that exports the drafts of a batch with their scores and decisions.
     * @description Where the export is there already, the answer is 200 with it.
     */
    post: operations['DraftExports_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/templates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The current versions of the templates, or the highest drafts or archived versions. */
    get: operations['Templates_list'];
    put?: never;
    /**
     * Adds a template.
     * @description The same document again answers 200 with what is there.
     */
    post: operations['Templates_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/templates/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A template in full: its current version, or one of those it had. */
    get: operations['Templates_get'];
    /**
     * Gives a template a newer version.
     * @description Its version must be higher than every version so far; drafts keep the one they were made with.
     */
    put: operations['Templates_replace'];
    post?: never;
    /**
     * Archives a template: it can still be read and named by its version, and is no longer the current one.
     * @description Every version that was given, or one of them. What comes with the product cannot be retired.
     */
    delete: operations['Templates_retire'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/templates/{name}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The versions of a template, the newest first, retired ones among them. */
    get: operations['Templates_versions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/templates/{name}/diff': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What changed between two versions of a template. */
    get: operations['Templates_diff'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/templates/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says what is wrong with a template, without keeping it. */
    post: operations['Templates_check'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/templates/{name}/preview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Shows what a template makes, without keeping it.
     * @description As an agent that is there, it is the very draft that the same seed and index give; else a sample agent writes, changed as the request says.
     */
    post: operations['Templates_preview'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/templates/{name}/activate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Makes a draft of a template active; If-Match is the ETag of that version.
     * @description It is the current version from then on, unless a higher one is active.
     */
    post: operations['Templates_activate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The scenarios that can be run. */
    get: operations['Simulation_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulations/{scenario}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A scenario in full. */
    get: operations['Simulation_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulations/{scenario}/run': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Runs a scenario.
     * @description A population and drafts that it needs and that are not there are made first; the answer tells the jobs, the last of which is the simulation.
     */
    post: operations['Simulation_run'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/scenarios': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The current versions of the scenarios. */
    get: operations['Scenarios_list'];
    put?: never;
    /**
     * Adds a scenario.
     * @description The same document again answers 200 with what is there.
     */
    post: operations['Scenarios_add'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/scenarios/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A scenario in full: its current version, or one of those it had. */
    get: operations['Scenarios_get'];
    /**
     * Gives a scenario a newer version.
     * @description Its version must be higher than every version so far; runs keep the one they were made with.
     */
    put: operations['Scenarios_replace'];
    post?: never;
    /**
     * Retires a scenario: it can still be read and named by its version, and is no longer the current one.
     * @description Every version that was given, or one of them. What comes with the product cannot be retired.
     */
    delete: operations['Scenarios_retire'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/scenarios/{name}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The versions of a scenario, the newest first, retired ones among them. */
    get: operations['Scenarios_versions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/scenarios/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says what is wrong with a scenario, without keeping it. */
    post: operations['Scenarios_check'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Runs, the newest first unless another order is asked for; their files are told by the single run. */
    get: operations['Runs_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A run: its status, and when it is completed its totals and files. */
    get: operations['Runs_get'];
    put?: never;
    post?: never;
    /** Deletes a finished run with its files. */
    delete: operations['Runs_delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What happened in each tick of a completed run. */
    get: operations['Runs_metrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/diff/{other}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The first tick in which two completed runs are not the same, and what is not the same in it. */
    get: operations['Runs_diff'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The report of a completed run: one page of HTML that needs nothing else. */
    get: operations['Runs_report'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/files/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A file of a completed run: events.jsonl, events.parquet, report.json or report.html.
     * @description Takes `Range`, and answers 304 to an `If-None-Match` that names its SHA-256.
     */
    get: operations['Runs_file'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pauses a run that is queued or running.
     * @description It stops within a second where its ticks are short, and keeps a checkpoint; until then the answer still says `running`. Its job is cancelled.
     */
    post: operations['RunControl_pause'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Lets a run go on that was paused or cancelled, or that has failed.
     * @description By another job, from the last checkpoint that is whole; the result is that of a run that was never stopped.
     */
    post: operations['RunControl_resume'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/branch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Starts a run that does as another did up to a tick, and from there on with what is changed.
     * @description With the same random numbers: what the change does not touch stays the same, and `GET /runs/{id}/diff/{other}` finds where they part. A checkpoint that it begins at is kept as long as its run.
     */
    post: operations['RunControl_branch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/decisions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The tick that a run waits for: what its agents see, and what they can do.
     * @description Of runs whose scenario has deciders of the kind `external`. 409 `run_not_waiting` while the run does something else: it goes on, or has ended. The event `run.waiting` tells of each tick.
     */
    get: operations['Decisions_awaited'];
    put?: never;
    /**
     * Hands in what agents do in the tick that a run waits for.
     * @description For some of the agents or for all; once for each. The same again changes nothing, also when the tick is past. When nobody is missing, the run goes on.
     */
    post: operations['Decisions_handIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Reports of completed runs with their totals, the newest first unless another order is asked for. */
    get: operations['Reports_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reports/{run_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The report of a completed run, as data or as a page, whichever the Accept header wants more. */
    get: operations['Reports_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/validation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Holds the cascades of a completed run against real ones, beside null models.
     * @description The event log is read, which takes a second for each million events: logs of up to 1 GiB, one after the other. The same again is answered from memory. Trees hold up to 10,000 cascades in 512,000 characters; more are refused with `trees_invalid`.
     */
    post: operations['Validation_validate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/runs/{id}/validation/page': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The same as one page of HTML that needs nothing else. */
    post: operations['Validation_page'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/simulations/{scenario}/calibrate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Searches the values of a scenario whose cascades are nearest to real ones.
     * @description The result of the job has the best values, the scenario with them, their loss on draws that were not searched on, and every trial.
     */
    post: operations['Calibration_calibrate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/experiments': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Experiments, the newest first unless another order is asked for. */
    get: operations['Experiments_list'];
    put?: never;
    /**
     * Registers an experiment and starts its runs.
     * @description The file and its pre-registration are hashed before the first run. The same file again goes on with what is missing, was cancelled or has failed; what is there stays. The job starts the runs, each of which has a job of its own.
     */
    post: operations['Experiments_run'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/experiments/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Says what is wrong with an experiment, or what it would run, without keeping it. */
    post: operations['Experiments_check'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/experiments/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** An experiment: what was registered, its status, and its runs. */
    get: operations['Experiments_get'];
    put?: never;
    post?: never;
    /**
     * Deletes an experiment that nothing works on, with its runs and their files.
     * @description Its digests stay in the audit, and reports of later experiments of its name tell that it was there.
     */
    delete: operations['Experiments_delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/experiments/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancels what an experiment still has to do; completed runs stay.
     * @description What waits is cancelled at once. The answer shows it `cancelling` while runs stop, which takes a second or so, then it is `cancelled`; without a run to stop it is `cancelled` at once. To cancel it again changes nothing. The same file again goes on from there.
     */
    post: operations['Experiments_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/experiments/{id}/results': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a finished experiment found.
     * @description One that is not complete can be read as well; that it was is told by the report.
     */
    get: operations['Experiments_found'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/experiments/{id}/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The same as one page of HTML that needs nothing else. */
    get: operations['Experiments_report'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/experiments/{id}/tables/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The runs of a finished experiment with their outcomes, or its comparisons, as a table. */
    get: operations['Experiments_table'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/networks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Sandbox networks, the newest first unless another order is asked for. */
    get: operations['Networks_list'];
    put?: never;
    /** Makes an empty sandbox network. */
    post: operations['Networks_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/networks/projections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Accepts a job that shows a run on a network of its own.
     * @description Its people become accounts, and what they did up to the tick posts, replies, boosts, favourites and follows.
     */
    post: operations['Networks_project'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/networks/{network}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A sandbox network, and how much is on it. */
    get: operations['Networks_get'];
    put?: never;
    post?: never;
    /**
     * Deletes a sandbox network with all that is on it.
     * @description The network `main` stays.
     */
    delete: operations['Networks_delete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/networks/{network}/populate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Accepts a job that gives the agents of a population accounts.
     * @description Those that have one keep it.
     */
    post: operations['Networks_populate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/networks/{network}/accounts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The accounts of a sandbox network. */
    get: operations['Networks_listAccounts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/networks/{network}/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tokens of a sandbox network that hold, without their secrets. */
    get: operations['Networks_tokens'];
    put?: never;
    /**
     * Makes a token for an agent’s account, without a password.
     * @description For programs that act as agents. The answer alone has the secret. Users sign in for theirs.
     */
    post: operations['Networks_issue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/networks/{network}/tokens/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Ends a token of a sandbox network. */
    delete: operations['Networks_revoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/publications/webhook': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What became of publications, from the server of AZT3KNET_WEBHOOK_URL.
     * @description Signed as Standard Webhooks with AZT3KNET_WEBHOOK_INCOMING_SECRETS; each message is accepted once.
     */
    post: operations['Publications_report'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaigns': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Campaigns, the newest first unless another order is asked for. */
    get: operations['Campaigns_list'];
    put?: never;
    /** Makes a campaign, which does nothing until it is started. */
    post: operations['Campaigns_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaigns/{campaign}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A campaign, and how many of its publications are in which state. */
    get: operations['Campaigns_get'];
    put?: never;
    post?: never;
    /**
     * Deletes a campaign that is not at work, with its publications.
     * @description What it has published stays where it is.
     */
    delete: operations['Campaigns_delete'];
    options?: never;
    head?: never;
    /** Changes a campaign that has not been started. */
    patch: operations['Campaigns_update'];
    trace?: never;
  };
  '/api/v1/campaigns/{campaign}/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Starts a campaign: it is planned, and what is due is written, approved and published. */
    post: operations['Campaigns_start'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaigns/{campaign}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Holds a campaign: nothing more is published until it is resumed.
     * @description What is being published at the moment is finished.
     */
    post: operations['Campaigns_pause'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaigns/{campaign}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Lets a paused campaign go on.
     * @description What is too late by then expires.
     */
    post: operations['Campaigns_resume'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaigns/{campaign}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ends a campaign: what is not published yet is cancelled.
     * @description What is being published at the moment is finished.
     */
    post: operations['Campaigns_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaigns/{campaign}/plan': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a campaign publishes, before or after it is started.
     * @description The same terms and seed have the same plan. Nothing is kept. Plans of more than 100,000 publications are told agent by agent only (`plan_too_long`).
     */
    get: operations['Plans_plan'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/publications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Publications of campaigns, the next due first unless another order is asked for.
     * @description Those that wait for people: `state=awaiting_approval`.
     */
    get: operations['CampaignPublications_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/publications/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A publication, and what people said about it. */
    get: operations['CampaignPublications_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/publications/{id}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Approves a publication that waits for it.
     * @description Each person once; it goes out when as many as it needs have approved it.
     */
    post: operations['CampaignPublications_approve'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/publications/{id}/reject': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Rejects a publication that waits for approval, which cancels it. */
    post: operations['CampaignPublications_reject'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Workflows, the newest first unless another order is asked for. */
    get: operations['Workflows_list'];
    put?: never;
    /**
     * Starts a workflow.
     * @description It needs the permissions of what the workflow does as well. Of one about an agent or a decision there is one at a time: another `moderation_escalation` is the one that there is, another `lifecycle` takes its place.
     */
    post: operations['Workflows_start'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A workflow with its steps. */
    get: operations['Workflows_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Cancels a workflow that is not finished.
     * @description It needs the permissions of what the workflow does as well. What it has done stays; what it has to publish is not published any more.
     */
    post: operations['Workflows_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflows/{id}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lets a workflow that failed or was cancelled go on with the step that it ended at. */
    post: operations['Workflows_retry'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/{id}/lifecycle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether an agent is active, suspended or retired. */
    get: operations['Lifecycles_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/{id}/activate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Activates an agent, or reinstates a suspended one.
     * @description By the workflow `lifecycle`; with `monitor` it is watched for a while, and suspended when it behaves badly.
     */
    post: operations['Lifecycles_activate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/{id}/suspend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Suspends an agent: what it has to publish waits. */
    post: operations['Lifecycles_suspend'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agents/{id}/retire': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Retires an agent for good: what it has to publish is withdrawn, and its accounts say so. */
    post: operations['Lifecycles_retire'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agent-sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Sessions of agents, the latest first unless another order is asked for. */
    get: operations['AgentSessions_list'];
    put?: never;
    /**
     * Plans when agents are on line on the sandbox network, and lets them be.
     * @description By their cadence, time zones, quiet hours and rhythm. It needs `drafts:create` and `networks:post` as well. In a session an agent reads its timeline and reacts: likes, boosts, replies, follows, within its quotas and through the guard.
     */
    post: operations['AgentSessions_plan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agent-sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A session, with what the agent saw and did. */
    get: operations['AgentSessions_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/agent-sessions/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Skips a session that has not begun, or ends one that is open.
     * @description It needs `drafts:create` and `networks:post` as well. What was done in it stays.
     */
    post: operations['AgentSessions_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session-plans': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Plans of sessions, the newest first unless another order is asked for. */
    get: operations['SessionPlans_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session-plans/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A plan of sessions, and how far it has come. */
    get: operations['SessionPlans_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session-plans/{id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Holds a plan: no session begins, and open ones do nothing. */
    post: operations['SessionPlans_pause'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session-plans/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Lets a paused plan go on; what is too late by now is skipped. */
    post: operations['SessionPlans_resume'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/session-plans/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends a plan: what has not begun is skipped, and open sessions end. */
    post: operations['SessionPlans_cancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/commands': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every command that can be given in a conversation. */
    get: operations['Command_commands'];
    put?: never;
    /**
     * Says something, in words or as a command, and answers what came of it.
     * @description Each command asks for its own permissions. What changes something is answered with a question that has a plan; say `yes` or `no` in the same conversation within 60 seconds.
     */
    post: operations['Command_say'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/conversations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Your conversations, the one that was last spoken in first. */
    get: operations['Command_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/conversations/{id}/messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was said in one of your conversations. */
    get: operations['Command_messages'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Bots, the newest first unless another order is asked for. */
    get: operations['Bots_list'];
    put?: never;
    /**
     * Registers a bot, which does nothing until it is started.
     * @description Its blueprint is pinned as it is now: another content of it is not started.
     */
    post: operations['Bots_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A bot: what is wanted of it, and what is seen of it. */
    get: operations['Bots_get'];
    put?: never;
    post?: never;
    /** Deletes a bot that is stopped, with its logs and its history. */
    delete: operations['Bots_delete'];
    options?: never;
    head?: never;
    /**
     * Changes a bot.
     * @description Another configuration or blueprint takes a new process, which replaces one that runs.
     */
    patch: operations['Bots_update'];
    trace?: never;
  };
  '/api/v1/bots/{id}/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Wants a bot to run.
     * @description One that waits, has failed or is quarantined is started at once; of one with replicas, those alone of which that is true.
     */
    post: operations['Bots_start'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}/stop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Wants a bot to be stopped.
     * @description It is asked to end, and killed with all its processes when it takes too long.
     */
    post: operations['Bots_stop'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}/restart': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Wants a bot to run in a new process. */
    post: operations['Bots_restart'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How a bot does. */
    get: operations['Bots_metrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}/history': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How a bot came to where it is, the newest first. */
    get: operations['Bots_history'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}/instances': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The instances of a bot, one by one. */
    get: operations['BotReplicas_instances'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}/revisions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a bot has run: its configurations and pinned blueprints, the newest first. */
    get: operations['BotReplicas_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}/rollback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Has a bot run an earlier revision again.
     * @description Its instances are replaced as after any other change; those that run that revision stay.
     */
    post: operations['BotReplicas_rollBack'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots-maintenance': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether all bots are left as they are for maintenance. */
    get: operations['BotMaintenance_get'];
    /**
     * Leaves all bots as they are for maintenance, or goes on with them.
     * @description While it lasts nothing is started, stopped, replaced or healed; bots that run go on running.
     */
    put: operations['BotMaintenance_put'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}/logs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What a bot prints, and what its host says about it, as a stream of lines.
     * @description One JSON object a line: `position`, `at`, `ordinal` (of the instance), `stream` (stdout, stderr or host) and `message`. With `follow` the stream stays open for so many seconds; a client goes on with `after`, the position of the last line that it has. The newest 2,000 lines are kept.
     */
    get: operations['BotLogs_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}/commands': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Tells a bot that runs to do something.
     * @description What it does not finish in ten minutes expires.
     */
    post: operations['BotCommands_send'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bots/{id}/commands/{command}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What became of a command. */
    get: operations['BotCommands_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/blueprints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The programs that bots can be made of. */
    get: operations['Blueprints_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description The answer to a request for a calibration. */
    AcceptedCalibration: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @description The job that calibrates; its result is what was found.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id: string;
      /** @description The jobs in their order; null where what a job makes was there already. */
      jobs: {
        population: string | null;
        content: string | null;
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        calibration: string;
      };
      scenario: string;
      seed: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      population_id: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description The answer to an experiment that was sent. */
    AcceptedExperiment: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      experiment_id: string;
      /** @description Whether it was registered now; false where it was there already. */
      created: boolean;
      /** @example label_timing */
      name: string;
      title: string;
      /** @description SHA-256 of the canonical form of the file, its arms and the version of the engine: the experiment’s identity. */
      digest: string;
      /** @description SHA-256 of the canonical form of the pre-registration alone. */
      preregistration_sha256: string;
      runs: number;
      /** @enum {string} */
      status: 'queued' | 'running' | 'cancelling' | 'completed' | 'incomplete' | 'cancelled';
      /**
       * @description What it cannot find, whatever happens in it, and budgets of language models that may not last.
       * @example []
       */
      warnings: string[];
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description The answer to a request for a run. */
    AcceptedRun: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @description The job that runs the simulation.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id: string;
      /** @description The jobs in their order; null where what a job makes was there already. */
      jobs: {
        population: string | null;
        content: string | null;
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        simulation: string;
      };
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      run_id: string;
      /** @example metro_cdmx */
      scenario: string;
      /** @example 1.0.0 */
      scenario_version: string;
      /** @example 20241005 */
      seed: string;
      /** @example 120 */
      ticks: number;
      /** @description Null for a model whose agents are no population. */
      population_id: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description One persisted agent. */
    Agent: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      population_id: string;
      agent: components['schemas']['AgentProfile'];
    };
    /** @description Why an agent is activated, and how it is watched. */
    AgentActivation: {
      /**
       * @description Needed to suspend and to retire.
       * @example posts the same too often
       */
      reason?: string;
      /** @description Only with `activate`. */
      monitor?: {
        /**
         * @description How long it is watched.
         * @example 86400
         */
        seconds: number;
        /**
         * @description How often; each time is a job, so at least 5 seconds apart.
         * @default 60
         */
        every_seconds?: number;
        /**
         * @description With so many texts blocked since its activation it is suspended.
         * @default 3
         */
        most_blocked?: number;
      };
    };
    /** @description Where an agent is in its life. */
    AgentLifecycle: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent_id: string;
      /**
       * @description `idle`: nobody has activated it. What a suspended agent has to publish waits.
       * @enum {string}
       */
      state: 'idle' | 'active' | 'suspended' | 'retired';
      reason: string | null;
      /** @example admin */
      changed_by: string | null;
      changed_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    AgentList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      agents: components['schemas']['ListedAgent'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description Traits, opinions and relationships, where the population file speaks of them. */
    AgentPersona: {
      /**
       * @description Five traits, 0 to 100.
       * @example {
       *       "openness": 61
       *     }
       */
      big_five?: {
        [key: string]: number;
      };
      /**
       * @description By topic, from -1, against, to 1, for.
       * @example {
       *       "public_transport": 0.4
       *     }
       */
      opinions?: {
        [key: string]: number;
      };
      /** @description Mutual ones, with agents of the same population. */
      relationships?: {
        /** @example friend */
        kind: string;
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        agent_id: string;
      }[];
    };
    /** @description One synthetic person. */
    AgentProfile: {
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * @description Derived from the specification and the agent’s index.
       * @example f0d31549b06508ce
       */
      seed: string;
      /** @example Luna Mercado Ruiz */
      name: string;
      /**
       * @description Unique in the population.
       * @example luna.mercado7x
       */
      username_hint: string;
      /**
       * @description ISO 3166-1 alpha-2.
       * @example MX
       */
      country: string;
      /** @example Mexico City */
      city: string;
      /**
       * @description BCP 47.
       * @example es-MX
       */
      locale: string;
      /**
       * @description IANA time zone.
       * @example America/Mexico_City
       */
      timezone: string;
      /**
       * @description Years.
       * @example 22
       */
      age: number;
      /** @enum {string} */
      gender: 'female' | 'male' | 'non_binary' | 'unspecified';
      /**
       * @example [
       *       "street art",
       *       "urban culture"
       *     ]
       */
      interests: string[];
      /** @example I collect murals and rooftops in Mexico City. */
      bio: string;
      /** @enum {string} */
      posting_cadence: 'hourly' | 'daily' | 'weekly' | 'monthly';
      /** @enum {string} */
      tone: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
      /**
       * @example [
       *       "social_proof"
       *     ]
       */
      behavioral_biases: string[];
      /**
       * @description Attributes of a population file beyond these fields.
       * @example {
       *       "education": "tertiary",
       *       "commute_minutes": 25
       *     }
       */
      attributes?: {
        [key: string]: string | number;
      };
      persona?: components['schemas']['AgentPersona'];
    };
    /** @description Why an agent is suspended or retired. */
    AgentReason: {
      /** @example posts the same too often */
      reason: string;
    };
    /** @description An agent’s time on line, with what it saw and did. */
    AgentSession: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      plan_id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent_id: string;
      /** @enum {string} */
      state: 'planned' | 'open' | 'ended' | 'skipped' | 'failed';
      /** @description Why it is as it is, where that is not as planned. */
      reason: string | null;
      /**
       * Format: date-time
       * @description In the time of the agent.
       * @example 2026-01-15T10:30:00.000Z
       */
      planned_at: string;
      /**
       * Format: date-time
       * @description The same by the clock of the server.
       * @example 2026-01-15T10:30:00.000Z
       */
      due_at: string;
      opened_at: string | null;
      ended_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      views: components['schemas']['AgentSessionView'][];
      acts: components['schemas']['AgentSessionAct'][];
    };
    /** @description What an agent did, or was to do, with what it saw. */
    AgentSessionAct: {
      /**
       * Format: uuid
       * @description Its idempotency key on the network.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @enum {string} */
      kind: 'favourite' | 'boost' | 'reply' | 'follow';
      /** @enum {string} */
      state: 'planned' | 'done' | 'held' | 'refused' | 'skipped';
      reason: string | null;
      /**
       * @description The post that it is about.
       * @example 113746891234567890
       */
      status_id: string;
      /**
       * @description Who wrote that.
       * @example 113746891234567890
       */
      account_id: string;
      /** @description Of a reply: what the guard decided on. */
      draft_id: string | null;
      /** @description What the network calls what came of it. */
      remote_id: string | null;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      due_at: string;
      done_at: string | null;
    };
    AgentSessionList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      sessions: components['schemas']['AgentSessionSummary'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description An agent’s time on line. */
    AgentSessionSummary: {
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      plan_id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent_id: string;
      /** @enum {string} */
      state: 'planned' | 'open' | 'ended' | 'skipped' | 'failed';
      /** @description Why it is as it is, where that is not as planned. */
      reason: string | null;
      /**
       * Format: date-time
       * @description In the time of the agent.
       * @example 2026-01-15T10:30:00.000Z
       */
      planned_at: string;
      /**
       * Format: date-time
       * @description The same by the clock of the server.
       * @example 2026-01-15T10:30:00.000Z
       */
      due_at: string;
      opened_at: string | null;
      ended_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description A post that an agent saw. */
    AgentSessionView: {
      /**
       * @description From 1, the first that was seen.
       * @example 1
       */
      rank: number;
      /** @example 113746891234567890 */
      status_id: string;
      /**
       * @description Who wrote it, or boosted it.
       * @example 113746891234567890
       */
      account_id: string;
      /** @enum {string} */
      timeline: 'home' | 'public';
    };
    AgentState: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent_id: string;
      /**
       * @description 0: nobody has written one yet.
       * @example 3
       */
      version: number;
      /**
       * @description Whatever describes the agent: an object of at most 65536 bytes as JSON.
       * @example {
       *       "mood": "curious",
       *       "followers": 31,
       *       "opinions": {
       *         "street_art": 0.8
       *       }
       *     }
       */
      state: {
        [key: string]: unknown;
      };
      author: string | null;
      /** @description The run that ended with it, where one did. */
      run_id: string | null;
      created_at: string | null;
    };
    AgentStateHistory: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      versions: components['schemas']['AgentStateVersion'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description A version of an agent’s state, without the state itself. */
    AgentStateVersion: {
      /** @example 3 */
      version: number;
      /**
       * @description Of the state as JSON.
       * @example 312
       */
      bytes: number;
      /**
       * @description Who wrote it.
       * @example ana
       */
      author: string;
      /** @description The run that ended with it, where one did. */
      run_id: string | null;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
    };
    /** @description What the agents are made from. */
    AgentsProvisioning: {
      /**
       * @description Filters gender; `unspecified` filters nothing and gives a mixed population.
       * @example female
       * @enum {string}
       */
      gender: 'female' | 'male' | 'non_binary' | 'unspecified';
      /**
       * @description How many agents.
       * @example 1000
       */
      count: number;
      /**
       * @description ISO 3166-1 alpha-2.
       * @example MX
       */
      country: string;
      /**
       * @description A city of the country; without it, its cities by their populations.
       * @example Mexico City
       */
      city?: string;
      /**
       * @description Youngest and oldest, both included, in years.
       * @example [
       *       18,
       *       25
       *     ]
       */
      age_range?: [number, number];
      /**
       * @description At the core of every agent’s interests; up to 60 characters each.
       * @example [
       *       "street art",
       *       "urban culture"
       *     ]
       */
      interests?: string[];
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed?: string;
      /**
       * @description Who writes names, biographies, interests beyond the first, and biases; everything else rules draw. Default `rules`.
       * @example rules
       * @enum {string}
       */
      writer?: 'rules' | 'llm';
      /**
       * @description With the writer `llm`: where its answers are kept; one of its own unless it is named.
       * @example demo
       */
      cassette?: string;
      /**
       * @description `auto`: what the cassette has, and for the rest the model; `record`: the model, in place of what was kept; `replay`: the cassette alone. Default `auto`, unless another is configured.
       * @example auto
       * @enum {string}
       */
      cassette_mode?: 'auto' | 'record' | 'replay';
    };
    ApprovePublication: {
      /** @example fits the neighbourhood */
      reason?: string;
    };
    AuditList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      records: components['schemas']['AuditRecord'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
      /** @description What there is to ask for, up to 100 of each; where a filter found nothing. */
      known?: {
        actions: string[];
        actors: string[];
        subject_types: string[];
      };
    };
    AuditRecord: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @description 1, 2, 3, … without a gap. */
      sequence: number;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      occurred_at: string;
      /**
       * @description Who: a username, `system`, `worker` or `anonymous`.
       * @example grace
       */
      actor: string;
      /**
       * @description What.
       * @example user.create
       */
      action: string;
      /**
       * @description On what.
       * @example user
       */
      subject_type: string;
      /** @description Its id; of what has none, what names it. */
      subject_id: string;
      /**
       * @description What else is to be known; depends on the action.
       * @example {}
       */
      data: {
        [key: string]: unknown;
      };
      /**
       * @description Of the record before.
       * @example 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a
       */
      previous_hash: string;
      /**
       * @description SHA-256 of the canonical JSON of the record.
       * @example 4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a
       */
      hash: string;
    };
    /** @description The tick that a run waits for, and what is asked of whom. */
    AwaitedDecisions: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      run_id: string;
      /**
       * @description From 0.
       * @example 12
       */
      tick: number;
      /**
       * Format: date-time
       * @description When the run goes on without the decisions that are missing.
       * @example 2026-01-15T10:30:00.000Z
       */
      due_at: string;
      /** @description Agents for whom nobody has decided yet. */
      missing: number;
      agents: components['schemas']['Offer'][];
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description What a version of a policy would decide, beside what those in force do. */
    Backtest: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      policy: {
        name: string;
        /**
         * @description That was tried; null where none would be in force.
         * @example 1.1.0
         */
        version: string | null;
        /** @description The version in force; null where there is none. */
        current: string | null;
        /**
         * @description Its rules.
         * @example [
         *       "easy-money"
         *     ]
         */
        rules: string[];
      };
      items: {
        /** @description As it was given; of a decision, its id. */
        id: string;
        expected: boolean | null;
        before: components['schemas']['BacktestVerdict'];
        after: components['schemas']['BacktestVerdict'];
        /** @description Whether the action is another one. */
        changed: boolean;
      }[];
      /** @description Decisions whose texts are gone. */
      skipped: number;
      next_cursor: string | null;
    };
    /** @description What to try a version of a policy on. */
    BacktestRequest: {
      /**
       * @description A policy, or `name@version`; this or `content`.
       * @example spam
       */
      policy?: string;
      /** @description The YAML text of a version that is not there yet; this or `policy`. */
      content?: string;
      /** @description A policy, or `name@version`, in place of these: what would be decided if it, or that version, were retired. */
      retire?: string;
      /** @description Tries the policy with another status of a rule. */
      change?: {
        rule: string;
        /** @enum {string} */
        status: 'draft' | 'shadow' | 'percentage' | 'live' | 'retired';
        /** @description Of the status percentage: the part of the subjects that the rule acts on. */
        percent?: number;
      };
      /** @description What to try it on; without it, what was decided. */
      texts?: {
        id: string;
        text: string;
        expected?: boolean;
      }[];
      /**
       * @description Of the decisions.
       * @default draft
       * @enum {string}
       */
      subject_type?: 'draft' | 'population' | 'scenario';
      /**
       * @description Only decisions in which a rule of the policy matched, however old.
       * @default false
       */
      matched?: boolean;
      /** @description The next_cursor of the page before. */
      cursor?: string;
      /** @default 100 */
      limit?: number;
    };
    /** @description What the guard says of an item. */
    BacktestVerdict: {
      /** @enum {string} */
      action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
      /**
       * @example [
       *       "spam/easy-money"
       *     ]
       */
      rules: string[];
      /**
       * @description Of rules that did not act.
       * @example []
       */
      shadow_rules: string[];
    };
    /** @description A program that bots can be made of. */
    Blueprint: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @example bots/analytics_bot.py */
      path: string;
      title: string;
      description: string;
      /** @example 1.0.0 */
      version: string;
      /** @enum {string} */
      runtime: 'node' | 'python';
      /** @description Of its manifest and files. */
      sha256: string;
      /** @description Whether it came with Azt3kNet. */
      shipped: boolean;
      permissions: (
        | 'populations:create'
        | 'populations:read'
        | 'populations:update'
        | 'populations:delete'
        | 'agents:update'
        | 'drafts:create'
        | 'drafts:read'
        | 'drafts:delete'
        | 'simulations:run'
        | 'simulations:read'
        | 'simulations:delete'
        | 'exports:read'
        | 'exports:share'
        | 'exports:delete'
        | 'compliance:read'
        | 'compliance:check'
        | 'reviews:read'
        | 'reviews:decide'
        | 'reviews:decide_escalated'
        | 'reviews:appeal'
        | 'policies:write'
        | 'scenarios:read'
        | 'scenarios:write'
        | 'templates:read'
        | 'templates:write'
        | 'networks:read'
        | 'networks:post'
        | 'networks:write'
        | 'campaigns:read'
        | 'campaigns:write'
        | 'campaigns:approve'
        | 'workflows:read'
        | 'workflows:run'
        | 'bots:read'
        | 'bots:write'
        | 'bots:run'
        | 'incidents:read'
        | 'incidents:decide'
        | 'workers:read'
        | 'workers:manage'
        | 'jobs:read'
        | 'jobs:cancel'
        | 'jobs:retry'
        | 'llm:read'
        | 'cassettes:read'
        | 'cassettes:write'
        | 'metrics:read'
        | 'events:read'
        | 'users:read'
        | 'users:write'
        | 'roles:read'
        | 'roles:write'
        | 'keys:read'
        | 'keys:write'
        | 'sessions:read'
        | 'sessions:revoke'
        | 'signing_keys:read'
        | 'signing_keys:rotate'
        | 'audit:read'
      )[];
      /** @description JSON Schema of 2020-12. */
      configuration: {
        [key: string]: unknown;
      };
      /** @description Why no bot can be made of it. */
      problem: string | null;
    };
    /** @description All blueprints, by their paths. */
    BlueprintList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      blueprints: components['schemas']['Blueprint'][];
    };
    /** @description A program that runs for real: what people want of it, and what is seen of it. */
    Bot: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description What it is known by.
       * @example analytics-bot-v1
       */
      bot_id: string;
      /**
       * @description What people call it.
       * @example Analytics Bot
       */
      name: string;
      /** @example Data analysis and reporting */
      description: string;
      /**
       * @description What it is for, in one word.
       * @example analyzer
       */
      role: string;
      /**
       * @description The program that it runs: a path below `blueprints/`.
       * @example bots/analytics_bot.py
       */
      blueprint: string;
      /** @description Of its manifest and files, pinned. */
      blueprint_sha256: string;
      /**
       * @description As the schema of the blueprint wants it.
       * @example {}
       */
      configuration: {
        [key: string]: unknown;
      };
      /** @description What self-healing does with it: observe, propose or act; null: as the installation says. */
      healing: ('observe' | 'propose' | 'act') | null;
      /**
       * @description Whether it is left as it is for maintenance: neither reconciled nor healed.
       * @example false
       */
      paused: boolean;
      /**
       * @description Times at which it is started and stopped.
       * @example null
       */
      schedule: {
        /**
         * @description Five fields of cron, or six with seconds first; null: not by itself.
         * @default null
         * @example 0 8 * * 1-5
         */
        start: string | null;
        /**
         * @description Five fields of cron, or six with seconds first; null: not by itself.
         * @default null
         * @example 0 18 * * 1-5
         */
        stop: string | null;
        /**
         * @description That the fields are read in.
         * @default UTC
         * @example Europe/Madrid
         */
        timezone: string;
      } | null;
      /**
       * @description What people want of it.
       * @example running
       * @enum {string}
       */
      desired_state: 'running' | 'stopped';
      /**
       * @description How many processes of it run at once.
       * @example 1
       */
      replicas: number;
      /**
       * @description Of its instances, those that run and beat; others that end are not counted.
       * @example 1
       */
      ready_replicas: number;
      /**
       * @description Of them, those that run what is wanted now and have been in good health for long enough.
       * @example 1
       */
      updated_replicas: number;
      /**
       * @description What is seen of it.
       * @example running
       * @enum {string}
       */
      status:
        | 'registered'
        | 'starting'
        | 'running'
        | 'unhealthy'
        | 'stopping'
        | 'stopped'
        | 'backoff'
        | 'failed'
        | 'quarantined';
      /**
       * @description Why; one word.
       * @example Started
       */
      reason: string | null;
      /**
       * @description Which configuration and pinned blueprint these are.
       * @example 1
       */
      revision: number;
      /**
       * @description Grows with everything that takes a new process.
       * @example 1
       */
      generation: number;
      /**
       * @description The newest that its processes are started for.
       * @example 1
       */
      observed_generation: number;
      conditions: components['schemas']['BotCondition'][];
      /**
       * @description Since its process started; 0: it has none.
       * @example 3600.5
       */
      uptime_seconds: number;
      /**
       * @description Percent of one core.
       * @example 45.2
       */
      cpu_load: number;
      /**
       * @description Resident memory of all its processes.
       * @example 256.8
       */
      memory_usage_mb: number;
      /**
       * @description As it says itself.
       * @example 120.5
       */
      requests_per_second: number;
      /**
       * @description Of its requests, from 0 to 1, as it says itself.
       * @example 0.001
       */
      error_rate: number;
      /** @example 2024-01-15T11:30:00Z */
      last_heartbeat: string | null;
      /**
       * @description Starts in place of a process that was there before.
       * @example 0
       */
      restarts: number;
      /** @description When it is started again. */
      next_start_at: string | null;
      /** @description How its last process ended. */
      last_exit: {
        code: number | null;
        signal: string | null;
        /**
         * Format: date-time
         * @example 2026-01-15T10:30:00.000Z
         */
        at: string;
      } | null;
      /** @example 1 */
      version: number;
      /** @example admin */
      created_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When it was looked at last.
       * @example 2026-01-15T10:30:00.000Z
       */
      last_updated: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description Something that a bot is told to do: it takes it with its next beat. */
    BotCommand: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @example echo-bot-v1 */
      bot_id: string;
      /**
       * @description Which instance is to do it; null: whichever asks first.
       * @example null
       */
      ordinal: number | null;
      /**
       * @description What it is to do; each blueprint knows its own.
       * @example echo
       */
      name: string;
      /**
       * @description As the command wants them.
       * @example {
       *       "text": "hello"
       *     }
       */
      arguments: {
        [key: string]: unknown;
      };
      /** @enum {string} */
      status: 'pending' | 'delivered' | 'done' | 'failed' | 'expired';
      /** @description What the bot answered. */
      result: {
        [key: string]: unknown;
      } | null;
      /** @example admin */
      created_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      finished_at: string | null;
    };
    /** @description Something that is true of a bot besides its status, or not, or could not be made so. */
    BotCondition: {
      /** @example NetworkIsolated */
      type: string;
      /** @enum {string} */
      status: 'true' | 'false' | 'unknown';
      /** @example OwnNamespace */
      reason: string;
      message: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      since: string;
    };
    /** @description How a bot came to where it is, the newest first. */
    BotHistory: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description What it is known by.
       * @example analytics-bot-v1
       */
      bot_id: string;
      transitions: {
        /**
         * @description What is seen of it.
         * @example running
         * @enum {string}
         */
        status:
          | 'registered'
          | 'starting'
          | 'running'
          | 'unhealthy'
          | 'stopping'
          | 'stopped'
          | 'backoff'
          | 'failed'
          | 'quarantined';
        /**
         * @description Why; one word.
         * @example Started
         */
        reason: string | null;
        /**
         * Format: date-time
         * @example 2026-01-15T10:30:00.000Z
         */
        at: string;
      }[];
    };
    /** @description One of the processes of a bot that there are to be, and what is seen of it. */
    BotInstance: {
      /**
       * @description Its place among the instances of its bot, from 0.
       * @example 0
       */
      ordinal: number;
      /** @description Another for every process; null: there is none. */
      instance: string | null;
      /**
       * @description Where it is found: a process id, or a Job of a cluster.
       * @example pid 4242
       */
      place: string | null;
      /**
       * @description What is seen of it.
       * @example running
       * @enum {string}
       */
      status:
        | 'registered'
        | 'starting'
        | 'running'
        | 'unhealthy'
        | 'stopping'
        | 'stopped'
        | 'backoff'
        | 'failed'
        | 'quarantined';
      /**
       * @description Why; one word.
       * @example Started
       */
      reason: string | null;
      /** @description Whether it runs and beats. */
      ready: boolean;
      /** @description Why it is ended for good; null: it is not. */
      retiring: ('Replaced' | 'ScaledDown') | null;
      /**
       * @description Of the bot, that it runs.
       * @example 1
       */
      generation: number;
      /**
       * @description From 1.
       * @example 1
       */
      revision: number;
      /**
       * @description Since its process started; 0: it has none.
       * @example 3600.5
       */
      uptime_seconds: number;
      /**
       * @description Percent of one core.
       * @example 45.2
       */
      cpu_load: number;
      /**
       * @description Resident memory of all its processes.
       * @example 256.8
       */
      memory_usage_mb: number;
      /**
       * @description As it says itself.
       * @example 120.5
       */
      requests_per_second: number;
      /**
       * @description Of its requests, from 0 to 1, as it says itself.
       * @example 0.001
       */
      error_rate: number;
      /** @example 2024-01-15T11:30:00Z */
      last_heartbeat: string | null;
      started_at: string | null;
      /**
       * @description Starts in this place after the first.
       * @example 0
       */
      restarts: number;
      /**
       * @description Ends by itself since it was well for long.
       * @example 0
       */
      failures: number;
      /** @description When it is started again. */
      next_start_at: string | null;
      /** @description How its last process ended. */
      last_exit: {
        code: number | null;
        signal: string | null;
        /**
         * Format: date-time
         * @example 2026-01-15T10:30:00.000Z
         */
        at: string;
      } | null;
      conditions: components['schemas']['BotCondition'][];
    };
    /** @description The instances of a bot, those that end included. */
    BotInstances: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description What it is known by.
       * @example analytics-bot-v1
       */
      bot_id: string;
      /**
       * @description How many processes of it run at once.
       * @example 1
       */
      replicas: number;
      /** @description Those that run and beat, and are to stay. */
      ready_replicas: number;
      /** @description Who looks after all of them. */
      host: string | null;
      instances: components['schemas']['BotInstance'][];
    };
    BotList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      bots: components['schemas']['Bot'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description Whether all bots are left as they are, and why. */
    BotMaintenance: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description Whether it is left as it is for maintenance: neither reconciled nor healed.
       * @example false
       */
      paused: boolean;
      reason: string | null;
      /** @example admin */
      by: string | null;
      since: string | null;
    };
    /** @description How a bot does, as it was measured last. */
    BotMetrics: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description What it is known by.
       * @example analytics-bot-v1
       */
      bot_id: string;
      /**
       * @description Since its process started; 0: it has none.
       * @example 3600.5
       */
      uptime_seconds: number;
      /**
       * @description Percent of one core.
       * @example 45.2
       */
      cpu_load: number;
      /**
       * @description Resident memory of all its processes.
       * @example 256.8
       */
      memory_usage_mb: number;
      /**
       * @description As it says itself.
       * @example 120.5
       */
      requests_per_second: number;
      /**
       * @description Of its requests, from 0 to 1, as it says itself.
       * @example 0.001
       */
      error_rate: number;
      /** @example 2024-01-15T11:30:00Z */
      last_heartbeat: string | null;
    };
    /** @description What a bot has run, the newest first; those in use and the newest 20 are kept. */
    BotRevisions: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description What it is known by.
       * @example analytics-bot-v1
       */
      bot_id: string;
      revisions: {
        /**
         * @description From 1.
         * @example 1
         */
        revision: number;
        /** @description Whether it is what is wanted now. */
        current: boolean;
        /** @description Whether all replicas were in good health with it last; what fails goes back to it. */
        good: boolean;
        /**
         * @description The program that it runs: a path below `blueprints/`.
         * @example bots/analytics_bot.py
         */
        blueprint: string;
        /** @description Of its manifest and files, pinned. */
        blueprint_sha256: string;
        /**
         * @description As the schema of the blueprint wants it.
         * @example {}
         */
        configuration: {
          [key: string]: unknown;
        };
        /** @example admin */
        created_by: string;
        /**
         * Format: date-time
         * @example 2026-01-15T10:30:00.000Z
         */
        created_at: string;
      }[];
    };
    /** @description Where a run parts from another, and how. */
    BranchRequest: {
      /**
       * @description The first tick that may be another than in the run.
       * @example 5
       */
      at: number;
      /**
       * @description What holds from then on, as the scenario would say it: objects are merged, lists and values take the place of what is there. Interventions of the run stay where they are; what is added comes behind them and begins at that tick unless it says later.
       * @example {
       *       "behaviour": {
       *         "repost": 0.01
       *       }
       *     }
       */
      changes?: {
        feed?: {
          [key: string]: unknown;
        };
        behaviour?: {
          [key: string]: unknown;
        };
        interventions?: {
          [key: string]: unknown;
        }[];
      };
      /** @description Of the whole branch; those of the run unless given. */
      ticks?: number;
    };
    /** @description How a scenario is to be calibrated. Everything has a default. */
    CalibrationRequest: {
      /**
       * @description What may be changed; all that can be unless given.
       * @example [
       *       "behaviour.repost"
       *     ]
       */
      parameters?: (
        | 'behaviour.sessions_per_day'
        | 'behaviour.lurking'
        | 'behaviour.reaction'
        | 'behaviour.comment'
        | 'behaviour.repost'
        | 'behaviour.interest_pull'
        | 'behaviour.affinity_pull'
        | 'behaviour.quality_pull'
        | 'behaviour.reply_share'
        | 'behaviour.answering'
        | 'feed.window_ticks'
        | 'feed.discovery'
        | 'feed.half_life_ticks'
        | 'feed.weights.affinity'
        | 'feed.weights.interest'
        | 'feed.weights.recency'
        | 'feed.weights.popularity'
      )[];
      /**
       * @description Runs of the search; two more check the result.
       * @default 80
       */
      evaluations?: number;
      /**
       * @description Cascades with fewer nodes are left out.
       * @default 2
       */
      min_size?: number;
      /** @description The scenario’s own number unless given. */
      ticks?: number;
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed?: string;
      /**
       * @description A persisted population instead of the scenario’s own, by id or digest.
       * @example f689656d-465c-40e9-86e3-bd0a9bcb64dd
       */
      population_id?: string;
    };
    /** @description What is to be published, by which agents, when, and who must approve. */
    Campaign: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * @description What people call it.
       * @example spring-murals
       */
      name: string;
      /** @enum {string} */
      state: 'draft' | 'running' | 'paused' | 'completed' | 'cancelled';
      /** @example 1 */
      version: number;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      population_id: string;
      /**
       * @description Which agents of the population; without conditions all.
       * @example {
       *       "age_min": 18
       *     }
       */
      audience: {
        /**
         * @description ISO 3166-1 alpha-2.
         * @example MX
         */
        country?: string;
        /**
         * @description In upper or lower case.
         * @example Mexico City
         */
        city?: string;
        /** @enum {string} */
        gender?: 'female' | 'male' | 'non_binary' | 'unspecified';
        /**
         * @description Years, included.
         * @example 18
         */
        age_min?: number;
        /**
         * @description Years, included.
         * @example 25
         */
        age_max?: number;
        /**
         * @description One of their interests.
         * @example street art
         */
        interest?: string;
        /** @enum {string} */
        posting_cadence?: 'hourly' | 'daily' | 'weekly' | 'monthly';
        /** @enum {string} */
        tone?: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
        /**
         * @description A part of the name or of the username.
         * @example luna
         */
        q?: string;
      };
      /**
       * @description Templates, as `name` or `name@version`.
       * @example [
       *       "street_art_campaign"
       *     ]
       */
      templates: string[];
      /**
       * @description Which platform.
       * @example sandbox
       */
      adapter: string;
      /**
       * @description Where there, such as a network; null: its usual place.
       * @example main
       */
      destination: string | null;
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      starts_at: string;
      /**
       * Format: date-time
       * @example 2026-02-15T10:30:00.000Z
       */
      ends_at: string;
      /** @description When nothing is published, by the clocks of each agent; null: never quiet. */
      quiet_hours: {
        /** @example 22:30 */
        from: string;
        /** @example 07:00 */
        to: string;
      } | null;
      /**
       * @description How busy each hour of an agent’s day is, from 0 to 100; null: the usual day.
       * @example [
       *       0,
       *       0,
       *       0,
       *       0,
       *       0,
       *       0,
       *       2,
       *       5,
       *       8,
       *       8,
       *       8,
       *       9,
       *       12,
       *       12,
       *       9,
       *       8,
       *       8,
       *       9,
       *       12,
       *       14,
       *       15,
       *       12,
       *       6,
       *       2
       *     ]
       */
      rhythm: number[] | null;
      caps: components['schemas']['CampaignCaps'];
      approval: components['schemas']['CampaignApproval'];
      /**
       * @description How late a publication may be before it expires.
       * @example 1440
       */
      grace_minutes: number;
      /** @description Whether all its publications are planned. */
      planned: boolean;
      /** @example admin */
      created_by: string;
      /**
       * @description Why it was paused without anybody asking for it: who started it may no longer do so.
       * @example null
       */
      held_reason: string | null;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /**
     * @description Who has to approve what is published, after the guard.
     * @example {
     *       "rule": "sample",
     *       "percent": 10
     *     }
     */
    CampaignApproval: {
      /** @enum {string} */
      rule: 'none' | 'sample' | 'all' | 'two_people';
      /** @description Of `sample`: how many of a hundred. */
      percent?: number;
    };
    /** @description The most of a campaign; where more would be planned, it is thinned out evenly. */
    CampaignCaps: {
      /**
       * @description Of the whole campaign.
       * @example 1000
       */
      total: number;
      /**
       * @description Of each agent.
       * @example 50
       */
      per_agent?: number;
      /**
       * @description Of each agent in a day of its own.
       * @example 3
       */
      per_agent_day?: number;
      /**
       * @description Published in any hour, at most.
       * @example 500
       */
      per_hour?: number;
    };
    CampaignList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      campaigns: components['schemas']['Campaign'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    CampaignPlan: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      publications: components['schemas']['PlannedPublication'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
      /**
       * @description Of the whole plan.
       * @example 1000
       */
      total: number;
    };
    /** @description What became of each job. */
    CancelledJobs: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      results: {
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        job_id: string;
        /**
         * @description The HTTP status that it has alone.
         * @example 202
         */
        status: number;
        /** @description The job, where it was done. */
        job: components['schemas']['Job'] | null;
        /** @description Why not, otherwise. */
        problem: components['schemas']['Problem'] | null;
      }[];
      /** @description Whether more jobs meet the filter than 1000: ask again. */
      more: boolean;
    };
    /** @description Recorded answers of language models, from which a run replays. */
    Cassette: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @example demo */
      name: string;
      /**
       * @description Calls that it has the answers to.
       * @example 1200
       */
      entries: string;
      /**
       * @description Backends and models.
       * @example [
       *       "ollama/deepseek-r1:1.5b"
       *     ]
       */
      models: string[];
      /** @example 1200 */
      input_tokens: string;
      /** @example 1200 */
      output_tokens: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    CassetteList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      cassettes: components['schemas']['Cassette'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    ChangePassword: {
      current_password: string;
      /**
       * @description At least 12 characters, and none of those that are guessed first.
       * @example violet harbour seven lanterns
       */
      new_password: string;
    };
    ChatCommand: {
      /** @example campaigns.start */
      name: string;
      /**
       * @description `read` changes nothing; `write` asks before it is done, unless a program says `confirmed`; `destructive` always asks.
       * @enum {string}
       */
      effect: 'read' | 'write' | 'destructive';
      /** @description What it needs, all of it. */
      permissions: (
        | 'populations:create'
        | 'populations:read'
        | 'populations:update'
        | 'populations:delete'
        | 'agents:update'
        | 'drafts:create'
        | 'drafts:read'
        | 'drafts:delete'
        | 'simulations:run'
        | 'simulations:read'
        | 'simulations:delete'
        | 'exports:read'
        | 'exports:share'
        | 'exports:delete'
        | 'compliance:read'
        | 'compliance:check'
        | 'reviews:read'
        | 'reviews:decide'
        | 'reviews:decide_escalated'
        | 'reviews:appeal'
        | 'policies:write'
        | 'scenarios:read'
        | 'scenarios:write'
        | 'templates:read'
        | 'templates:write'
        | 'networks:read'
        | 'networks:post'
        | 'networks:write'
        | 'campaigns:read'
        | 'campaigns:write'
        | 'campaigns:approve'
        | 'workflows:read'
        | 'workflows:run'
        | 'bots:read'
        | 'bots:write'
        | 'bots:run'
        | 'incidents:read'
        | 'incidents:decide'
        | 'workers:read'
        | 'workers:manage'
        | 'jobs:read'
        | 'jobs:cancel'
        | 'jobs:retry'
        | 'llm:read'
        | 'cassettes:read'
        | 'cassettes:write'
        | 'metrics:read'
        | 'events:read'
        | 'users:read'
        | 'users:write'
        | 'roles:read'
        | 'roles:write'
        | 'keys:read'
        | 'keys:write'
        | 'sessions:read'
        | 'sessions:revoke'
        | 'signing_keys:read'
        | 'signing_keys:rotate'
        | 'audit:read'
      )[];
      help: {
        en: string;
        es: string;
      };
      examples: {
        en: string[];
        es: string[];
      };
      aliases: {
        en: string[];
        es: string[];
      };
      /** @description The JSON Schema of its arguments. */
      arguments: {
        [key: string]: unknown;
      };
    };
    ChatCommands: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      commands: components['schemas']['ChatCommand'][];
    };
    /** @description What an experiment would be. */
    CheckedExperiment: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @example label_timing */
      name: string;
      title: string;
      /** @description SHA-256 of the canonical form of the file, its arms and the version of the engine: the experiment’s identity. */
      digest: string;
      /** @description SHA-256 of the canonical form of the pre-registration alone. */
      preregistration_sha256: string;
      ticks: number;
      runs: number;
      seeds: string[];
      arms: {
        /** @example label_timing */
        name: string;
        scenario_digest: string;
      }[];
      /**
       * @description What it cannot find, whatever happens in it, and budgets of language models that may not last.
       * @example []
       */
      warnings: string[];
    };
    /** @description A policy that could be added as far as its text goes; the examples of its rules turn out. */
    CheckedPolicy: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      name: string;
      version: string;
      sha256: string;
      /** @description Named lists that terms refer to as <name>. */
      sets: {
        [key: string]: string[];
      };
      /** @description With the examples that each of them must match and must pass. */
      rules: components['schemas']['PolicyRule'][];
    };
    /** @description A population file that whole people can be made of. */
    CheckedPopulationFile: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @example metro_panel */
      name: string;
      /** @example 1.0.0 */
      version: string;
      /** @description SHA-256 of everything in it that can change an agent. */
      sha256: string;
      specification: {
        /** @enum {string} */
        gender: 'female' | 'male' | 'non_binary' | 'unspecified';
        /** @example 1000 */
        count: number;
        /** @example MX */
        country: string;
        /** @example Mexico City */
        city: string | null;
        /**
         * @description Both ends included.
         * @example [
         *       18,
         *       25
         *     ]
         */
        age_range: number[];
        interests: string[];
        /** @description Distributions of attributes, where a population file gave them. */
        composition?: {
          [key: string]: unknown;
        };
      };
    };
    /** @description A scenario that could be added as far as its text goes. */
    CheckedScenario: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      name: string;
      version: string;
      sha256: string;
      /** @description The scenario, defaults filled in. */
      scenario: components['schemas']['ScenarioDefinition'];
    };
    /** @description A template that could be added as far as its text goes. */
    CheckedTemplate: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      name: string;
      version: string;
      sha256: string;
      template: components['schemas']['TemplateDefinition'];
    };
    CommandReply: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      conversation_id: string;
      /** @description What was answered, in order. */
      messages: components['schemas']['ConversationMessage'][];
    };
    /** @description What the guard would decide; nothing of it is kept. */
    ComplianceCheck: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description The strictest action of the rules that matched.
       * @enum {string}
       */
      action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
      /** @description False when the guard is off. */
      checked: boolean;
      /**
       * @description From 0 to 1, where 1 is clean.
       * @example 0.4
       */
      compliance_score: number;
      /**
       * @example [
       *       "pii"
       *     ]
       */
      labels: string[];
      matches: components['schemas']['RuleMatch'][];
      /**
       * @description Of rules that did not act: in shadow, or beyond their part of the subjects.
       * @example []
       */
      shadow_matches: components['schemas']['RuleMatch'][];
      /** @description What the classifiers gave; null where no rule asked. */
      scores: {
        /**
         * @description The version of what scored.
         * @example 2026.11-9bc1c069
         */
        model: string;
        /**
         * @description Of each head the highest score of all texts, from 0 to 1.
         * @example {
         *       "hate": 0.0213,
         *       "spam": 0.0047
         *     }
         */
        heads: {
          [key: string]: number;
        };
      } | null;
      /**
       * @description What classifiers elsewhere said; null where none was asked.
       * @example null
       */
      opinions:
        | {
            /** @enum {string} */
            source: 'judge' | 'moderation' | 'remote';
            /** @description What answered, with its version; null where nothing did. */
            model: string | null;
            /**
             * @description Why there is no answer, or none about some of the texts; the local scores stand in for it.
             * @example egress_timeout
             */
            problem: string | null;
            /**
             * @description Of each head the highest score of all texts.
             * @example {
             *       "hate": 0.9
             *     }
             */
            heads: {
              [key: string]: number;
            };
          }[]
        | null;
      /** @description SHA-256 over the names and texts of the fields. */
      text_hash: string;
      /** @description The policies that were in force. */
      policies: {
        /** @example pii */
        id: string;
        /** @example 1.0.0 */
        version: string;
        /** @description SHA-256 of the policy’s file. */
        sha256: string;
      }[];
    };
    /** @description Texts that belong together. */
    ComplianceCheckRequest: {
      texts: {
        /**
         * @description What matches call it.
         * @example caption
         */
        field: string;
        /** @example Write to ana@example.com */
        text: string;
      }[];
      context?: {
        /** @description Who wrote it */
        agent?: {
          id?: string;
          /** @description Days since it was made */
          age_days?: number;
          posts?: number;
        };
        /** @description What it is written for */
        campaign?: {
          id?: string;
          name?: string;
        };
        /** @description Where it is to appear, and what that allows; 0 where it sets no limit */
        platform?: {
          name?: string;
          /** @description In UTF-16 units */
          max_length?: number;
          max_hashtags?: number;
          max_mentions?: number;
          max_links?: number;
          /** @description Whether a text has to say that it is synthetic */
          requires_disclosure?: boolean;
          /** @description Whether the label that says so goes with it */
          disclosed?: boolean;
        };
        history?: {
          /** @description On texts of the same author */
          decisions?: number;
          /** @description Of them, how many were blocked */
          blocked?: number;
          /** @description Of them, how many went to review */
          reviewed?: number;
          /** @description How often the same text was decided on before */
          same_text?: number;
          /** @description How many other agents wrote the same text */
          same_text_agents?: number;
          /** @description How many other agents spread one of its links */
          shared_links_agents?: number;
        };
        /** @description How many texts the author wrote */
        rate?: {
          last_minute?: number;
          last_hour?: number;
          last_day?: number;
        };
      };
    };
    /** @description How often the guard decided what. */
    ComplianceStatistics: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      decided_after: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      decided_before: string;
      /** @example 120 */
      decisions: number;
      by_action: {
        /** @enum {string} */
        action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
        /** @example 120 */
        decisions: number;
      }[];
      /** @description Days of UTC; those without a decision are left out. */
      by_day: {
        /** Format: date */
        day: string;
        /** @enum {string} */
        action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
        /** @example 120 */
        decisions: number;
      }[];
      by_subject: {
        subject_type: string;
        /** @enum {string} */
        action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
        /** @example 120 */
        decisions: number;
      }[];
      /** @description Decisions in which a rule matched, the most frequent rule first. */
      by_rule: {
        policy: string;
        rule: string;
        /** @example 120 */
        decisions: number;
      }[];
      /** @description The 20 campaigns with the most decisions, and how many texts of each were held. */
      by_campaign: {
        campaign_id: string;
        /** @example 120 */
        decisions: number;
        held: number;
      }[];
      /** @description The 20 agents whose texts were held for review or blocked most often. */
      by_agent: {
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        agent_id: string;
        held: number;
      }[];
    };
    Conversation: {
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * @description What answers are in until something is said in another language.
       * @example en
       * @enum {string}
       */
      language: 'en' | 'es';
      /**
       * @description Its place in the conversation; the first message has 1.
       * @example 12
       */
      last_sequence: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      updated_at: string;
    };
    ConversationList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      conversations: components['schemas']['Conversation'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    ConversationMessage: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description `said`: by the person; `answer`; `part` of a long answer that goes on; `question`: the server asks; `notice`: something happened.
       * @enum {string}
       */
      type: 'said' | 'answer' | 'part' | 'question' | 'notice';
      /**
       * @description Its place in the conversation; the first message has 1.
       * @example 12
       */
      sequence: string;
      /** @description For people. */
      text: string;
      /** @description For programs: the `command`, its `outcome` and `data`; of a question its `question_id`, its `plan` or `choices`, and until when it can be answered. */
      details: {
        [key: string]: unknown;
      };
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
    };
    ConversationMessages: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      messages: components['schemas']['ConversationMessage'][];
      /** @description Give this as `after` for what follows; null at the end. */
      next_after: string | null;
    };
    /** @description A campaign, and how far it has come. */
    CountedCampaign: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * @description What people call it.
       * @example spring-murals
       */
      name: string;
      /** @enum {string} */
      state: 'draft' | 'running' | 'paused' | 'completed' | 'cancelled';
      /** @example 1 */
      version: number;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      population_id: string;
      /**
       * @description Which agents of the population; without conditions all.
       * @example {
       *       "age_min": 18
       *     }
       */
      audience: {
        /**
         * @description ISO 3166-1 alpha-2.
         * @example MX
         */
        country?: string;
        /**
         * @description In upper or lower case.
         * @example Mexico City
         */
        city?: string;
        /** @enum {string} */
        gender?: 'female' | 'male' | 'non_binary' | 'unspecified';
        /**
         * @description Years, included.
         * @example 18
         */
        age_min?: number;
        /**
         * @description Years, included.
         * @example 25
         */
        age_max?: number;
        /**
         * @description One of their interests.
         * @example street art
         */
        interest?: string;
        /** @enum {string} */
        posting_cadence?: 'hourly' | 'daily' | 'weekly' | 'monthly';
        /** @enum {string} */
        tone?: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
        /**
         * @description A part of the name or of the username.
         * @example luna
         */
        q?: string;
      };
      /**
       * @description Templates, as `name` or `name@version`.
       * @example [
       *       "street_art_campaign"
       *     ]
       */
      templates: string[];
      /**
       * @description Which platform.
       * @example sandbox
       */
      adapter: string;
      /**
       * @description Where there, such as a network; null: its usual place.
       * @example main
       */
      destination: string | null;
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      starts_at: string;
      /**
       * Format: date-time
       * @example 2026-02-15T10:30:00.000Z
       */
      ends_at: string;
      /** @description When nothing is published, by the clocks of each agent; null: never quiet. */
      quiet_hours: {
        /** @example 22:30 */
        from: string;
        /** @example 07:00 */
        to: string;
      } | null;
      /**
       * @description How busy each hour of an agent’s day is, from 0 to 100; null: the usual day.
       * @example [
       *       0,
       *       0,
       *       0,
       *       0,
       *       0,
       *       0,
       *       2,
       *       5,
       *       8,
       *       8,
       *       8,
       *       9,
       *       12,
       *       12,
       *       9,
       *       8,
       *       8,
       *       9,
       *       12,
       *       14,
       *       15,
       *       12,
       *       6,
       *       2
       *     ]
       */
      rhythm: number[] | null;
      caps: components['schemas']['CampaignCaps'];
      approval: components['schemas']['CampaignApproval'];
      /**
       * @description How late a publication may be before it expires.
       * @example 1440
       */
      grace_minutes: number;
      /** @description Whether all its publications are planned. */
      planned: boolean;
      /** @example admin */
      created_by: string;
      /**
       * @description Why it was paused without anybody asking for it: who started it may no longer do so.
       * @example null
       */
      held_reason: string | null;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /**
       * @description How many publications are in each state that any is in; more follow until all are planned.
       * @example {
       *       "planned": 53,
       *       "due": 22,
       *       "published": 5
       *     }
       */
      publications: {
        [key: string]: number;
      };
    };
    /** @description A plan of sessions, and how far it has come. */
    CountedSessionPlan: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @enum {string} */
      state: 'running' | 'paused' | 'completed' | 'cancelled';
      /** @description Null where agents were named. */
      population_id: string | null;
      /** @example main */
      network: string;
      /** @example 20241005 */
      seed: string;
      /**
       * Format: date-time
       * @description In the time of the agents.
       * @example 2026-01-15T10:30:00.000Z
       */
      starts_at: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      ends_at: string;
      /**
       * Format: date-time
       * @description When `starts_at` is by the clock of the server.
       * @example 2026-01-15T10:30:00.000Z
       */
      begun_at: string;
      /** @example 1 */
      speed: number;
      /**
       * @description How many sessions there are.
       * @example 42
       */
      planned: number;
      /**
       * @example {
       *       "lurk_percent": 33
       *     }
       */
      behaviour: {
        [key: string]: number;
      };
      /** @example 50 */
      acts_per_day: number;
      /** @example thread_reply@1.0.0 */
      reply_template: string | null;
      /** @example admin */
      planned_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      finished_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /**
       * @description How many are in each state that any is in.
       * @example {
       *       "planned": 30,
       *       "open": 2,
       *       "ended": 10
       *     }
       */
      sessions: {
        [key: string]: number;
      };
      /**
       * @description What was done, and what not, by kind.
       * @example {
       *       "favourite": {
       *         "done": 12
       *       }
       *     }
       */
      acts: {
        [key: string]: {
          [key: string]: number;
        };
      };
    };
    /** @description A bot to register; it does nothing until it is started. */
    CreateBot: {
      /**
       * @description What it is known by.
       * @example analytics-bot-v1
       */
      id: string;
      /**
       * @description What people call it.
       * @example Analytics Bot
       */
      name: string;
      /**
       * @default
       * @example Data analysis and reporting
       */
      description?: string;
      /**
       * @description The program that it runs: a path below `blueprints/`.
       * @example bots/analytics_bot.py
       */
      blueprint: string;
      /**
       * @description What it is for, in one word.
       * @example analyzer
       */
      role: string;
      /**
       * @description As the schema of the blueprint wants it.
       * @default {}
       * @example {}
       */
      configuration?: {
        [key: string]: unknown;
      };
      /**
       * @description What self-healing does with it: observe, propose or act; null: as the installation says.
       * @default null
       */
      healing?: ('observe' | 'propose' | 'act') | null;
      /**
       * @description Times at which it is started and stopped.
       * @default null
       * @example null
       */
      schedule?: {
        /**
         * @description Five fields of cron, or six with seconds first; null: not by itself.
         * @default null
         * @example 0 8 * * 1-5
         */
        start?: string | null;
        /**
         * @description Five fields of cron, or six with seconds first; null: not by itself.
         * @default null
         * @example 0 18 * * 1-5
         */
        stop?: string | null;
        /**
         * @description That the fields are read in.
         * @default UTC
         * @example Europe/Madrid
         */
        timezone?: string;
      } | null;
      /**
       * @description How many processes of it run at once.
       * @default 1
       * @example 1
       */
      replicas?: number;
    };
    /** @description A campaign to make; it does nothing until it is started. */
    CreateCampaign: {
      /**
       * @description What people call it.
       * @example spring-murals
       */
      name: string;
      /**
       * @description The id, digest or name of a persisted population.
       * @example f689656d-465c-40e9-86e3-bd0a9bcb64dd
       */
      population: string;
      /**
       * @description Which agents of the population; without conditions all.
       * @default {}
       * @example {
       *       "age_min": 18
       *     }
       */
      audience?: {
        /**
         * @description ISO 3166-1 alpha-2.
         * @example MX
         */
        country?: string;
        /**
         * @description In upper or lower case.
         * @example Mexico City
         */
        city?: string;
        /** @enum {string} */
        gender?: 'female' | 'male' | 'non_binary' | 'unspecified';
        /**
         * @description Years, included.
         * @example 18
         */
        age_min?: number;
        /**
         * @description Years, included.
         * @example 25
         */
        age_max?: number;
        /**
         * @description One of their interests.
         * @example street art
         */
        interest?: string;
        /** @enum {string} */
        posting_cadence?: 'hourly' | 'daily' | 'weekly' | 'monthly';
        /** @enum {string} */
        tone?: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
        /**
         * @description A part of the name or of the username.
         * @example luna
         */
        q?: string;
      };
      /**
       * @description Templates, as `name` or `name@version`.
       * @example [
       *       "street_art_campaign"
       *     ]
       */
      templates: string[];
      /**
       * @description Which platform.
       * @default sandbox
       * @example sandbox
       */
      adapter?: string;
      /**
       * @description Where there, such as a network; null: its usual place.
       * @default null
       * @example main
       */
      destination?: string | null;
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed: string;
      /**
       * Format: date-time
       * @description Without it, now.
       * @example 2026-01-15T10:30:00.000Z
       */
      starts_at?: string;
      /**
       * Format: date-time
       * @description Without it, a week after it starts.
       * @example 2026-02-15T10:30:00.000Z
       */
      ends_at?: string;
      /**
       * @description When nothing is published, by the clocks of each agent; null: never quiet.
       * @default null
       */
      quiet_hours?: {
        /** @example 22:30 */
        from: string;
        /** @example 07:00 */
        to: string;
      } | null;
      /**
       * @description How busy each hour of an agent’s day is, from 0 to 100; null: the usual day.
       * @default null
       * @example [
       *       0,
       *       0,
       *       0,
       *       0,
       *       0,
       *       0,
       *       2,
       *       5,
       *       8,
       *       8,
       *       8,
       *       9,
       *       12,
       *       12,
       *       9,
       *       8,
       *       8,
       *       9,
       *       12,
       *       14,
       *       15,
       *       12,
       *       6,
       *       2
       *     ]
       */
      rhythm?: number[] | null;
      /**
       * @default {
       *       "total": 100000
       *     }
       */
      caps?: components['schemas']['CampaignCaps'];
      /**
       * @default {
       *       "rule": "none"
       *     }
       */
      approval?: components['schemas']['CampaignApproval'];
      /**
       * @description How late a publication may be before it expires.
       * @default 1440
       * @example 1440
       */
      grace_minutes?: number;
    };
    /** @description How long a link lasts. */
    CreateExportLink: {
      /**
       * @description Life of the link, up to 30 days.
       * @default 3600
       * @example 3600
       */
      expires_in_seconds?: number;
    };
    CreateKey: {
      /** @example nightly export */
      name: string;
      /**
       * @description `key`: sent as `X-API-Key`; `client_secret`: exchanged at `POST /oauth/token`.
       * @default key
       * @enum {string}
       */
      kind?: 'key' | 'client_secret';
      /**
       * Format: uuid
       * @description Whose; one’s own when it is not said.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      user_id?: string;
      /**
       * @example [
       *       "populations:read"
       *     ]
       */
      scopes?: (
        | 'populations:create'
        | 'populations:read'
        | 'populations:update'
        | 'populations:delete'
        | 'agents:update'
        | 'drafts:create'
        | 'drafts:read'
        | 'drafts:delete'
        | 'simulations:run'
        | 'simulations:read'
        | 'simulations:delete'
        | 'exports:read'
        | 'exports:share'
        | 'exports:delete'
        | 'compliance:read'
        | 'compliance:check'
        | 'reviews:read'
        | 'reviews:decide'
        | 'reviews:decide_escalated'
        | 'reviews:appeal'
        | 'policies:write'
        | 'scenarios:read'
        | 'scenarios:write'
        | 'templates:read'
        | 'templates:write'
        | 'networks:read'
        | 'networks:post'
        | 'networks:write'
        | 'campaigns:read'
        | 'campaigns:write'
        | 'campaigns:approve'
        | 'workflows:read'
        | 'workflows:run'
        | 'bots:read'
        | 'bots:write'
        | 'bots:run'
        | 'incidents:read'
        | 'incidents:decide'
        | 'workers:read'
        | 'workers:manage'
        | 'jobs:read'
        | 'jobs:cancel'
        | 'jobs:retry'
        | 'llm:read'
        | 'cassettes:read'
        | 'cassettes:write'
        | 'metrics:read'
        | 'events:read'
        | 'users:read'
        | 'users:write'
        | 'roles:read'
        | 'roles:write'
        | 'keys:read'
        | 'keys:write'
        | 'sessions:read'
        | 'sessions:revoke'
        | 'signing_keys:read'
        | 'signing_keys:rotate'
        | 'audit:read'
      )[];
      /**
       * @description Days until it expires; null: never.
       * @default 90
       * @example 90
       */
      expires_in_days?: number | null;
    };
    /** @description A network to make. */
    CreateNetwork: {
      /**
       * @description The name of a network.
       * @example rehearsal
       */
      name: string;
      /**
       * @description What people call it.
       * @example A rehearsal
       */
      title?: string;
      /**
       * @description Whether anybody who reaches the port may read what is public, without signing in.
       * @default false
       */
      open?: boolean;
    };
    CreateUser: {
      /** @example grace */
      username: string;
      /**
       * @default person
       * @enum {string}
       */
      kind?: 'person' | 'service';
      /** @example viewer */
      role: string;
      /**
       * @description Of a person: the first one, to be changed at the log-in.
       * @example violet harbour seven lanterns
       */
      password?: string;
    };
    CurrentPassword: {
      current_password: string;
    };
    /** @description Who calls. */
    CurrentUser: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @example grace */
      username: string;
      /** @enum {string} */
      kind: 'person' | 'service';
      /** @example viewer */
      role: string;
      /**
       * @description What the caller may do.
       * @example [
       *       "populations:read",
       *       "drafts:read"
       *     ]
       */
      permissions: (
        | 'populations:create'
        | 'populations:read'
        | 'populations:update'
        | 'populations:delete'
        | 'agents:update'
        | 'drafts:create'
        | 'drafts:read'
        | 'drafts:delete'
        | 'simulations:run'
        | 'simulations:read'
        | 'simulations:delete'
        | 'exports:read'
        | 'exports:share'
        | 'exports:delete'
        | 'compliance:read'
        | 'compliance:check'
        | 'reviews:read'
        | 'reviews:decide'
        | 'reviews:decide_escalated'
        | 'reviews:appeal'
        | 'policies:write'
        | 'scenarios:read'
        | 'scenarios:write'
        | 'templates:read'
        | 'templates:write'
        | 'networks:read'
        | 'networks:post'
        | 'networks:write'
        | 'campaigns:read'
        | 'campaigns:write'
        | 'campaigns:approve'
        | 'workflows:read'
        | 'workflows:run'
        | 'bots:read'
        | 'bots:write'
        | 'bots:run'
        | 'incidents:read'
        | 'incidents:decide'
        | 'workers:read'
        | 'workers:manage'
        | 'jobs:read'
        | 'jobs:cancel'
        | 'jobs:retry'
        | 'llm:read'
        | 'cassettes:read'
        | 'cassettes:write'
        | 'metrics:read'
        | 'events:read'
        | 'users:read'
        | 'users:write'
        | 'roles:read'
        | 'roles:write'
        | 'keys:read'
        | 'keys:write'
        | 'sessions:read'
        | 'sessions:revoke'
        | 'signing_keys:read'
        | 'signing_keys:rotate'
        | 'audit:read'
      )[];
      /** @description What comes before everything else. */
      todo: ('change_password' | 'enrol_totp') | null;
    };
    /** @description What the compliance guard said about the texts of a subject, and why. */
    Decision: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      subject: {
        /** @example draft */
        type: string;
        id: string;
      };
      /** @description The agent whose text it is, where it is one’s. */
      agent_id: string | null;
      /** @description What its text was written for, where whoever asked said so. */
      campaign_id: string | null;
      /**
       * @description The strictest action of the rules that matched.
       * @enum {string}
       */
      action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
      /** @description False when the guard was off. */
      checked: boolean;
      /**
       * @description From 0 to 1, where 1 is clean.
       * @example 1
       */
      compliance_score: number;
      labels: string[];
      /**
       * @description When labels end, of those that do.
       * @example {}
       */
      label_expiries: {
        [key: string]: string;
      };
      matches: components['schemas']['RuleMatch'][];
      /**
       * @description Of rules that did not act: in shadow, or beyond their part of the subjects.
       * @example []
       */
      shadow_matches: components['schemas']['RuleMatch'][];
      /** @description What the classifiers gave; null where no rule asked. */
      scores: {
        /**
         * @description The version of what scored.
         * @example 2026.11-9bc1c069
         */
        model: string;
        /**
         * @description Of each head the highest score of all texts, from 0 to 1.
         * @example {
         *       "hate": 0.0213,
         *       "spam": 0.0047
         *     }
         */
        heads: {
          [key: string]: number;
        };
      } | null;
      /**
       * @description What classifiers elsewhere said; null where none was asked.
       * @example null
       */
      opinions:
        | {
            /** @enum {string} */
            source: 'judge' | 'moderation' | 'remote';
            /** @description What answered, with its version; null where nothing did. */
            model: string | null;
            /**
             * @description Why there is no answer, or none about some of the texts; the local scores stand in for it.
             * @example egress_timeout
             */
            problem: string | null;
            /**
             * @description Of each head the highest score of all texts.
             * @example {
             *       "hate": 0.9
             *     }
             */
            heads: {
              [key: string]: number;
            };
          }[]
        | null;
      /**
       * @description What was known besides the texts; null where nothing was.
       * @example null
       */
      context: {
        /** @description Who wrote it */
        agent?: {
          id?: string;
          /** @description Days since it was made */
          age_days?: number;
          posts?: number;
        };
        /** @description What it is written for */
        campaign?: {
          id?: string;
          name?: string;
        };
        /** @description Where it is to appear, and what that allows; 0 where it sets no limit */
        platform?: {
          name?: string;
          /** @description In UTF-16 units */
          max_length?: number;
          max_hashtags?: number;
          max_mentions?: number;
          max_links?: number;
          /** @description Whether a text has to say that it is synthetic */
          requires_disclosure?: boolean;
          /** @description Whether the label that says so goes with it */
          disclosed?: boolean;
        };
        history?: {
          /** @description On texts of the same author */
          decisions?: number;
          /** @description Of them, how many were blocked */
          blocked?: number;
          /** @description Of them, how many went to review */
          reviewed?: number;
          /** @description How often the same text was decided on before */
          same_text?: number;
          /** @description How many other agents wrote the same text */
          same_text_agents?: number;
          /** @description How many other agents spread one of its links */
          shared_links_agents?: number;
        };
        /** @description How many texts the author wrote */
        rate?: {
          last_minute?: number;
          last_hour?: number;
          last_day?: number;
        };
      } | null;
      /**
       * @description Why, in words.
       * @example The text may not go on. Rule pii/email of version 1.0.0 (E-mail address; high severity) asks for block: caption 9–24.
       */
      reasons: string;
      /** @description Microseconds that the guard read; null where it was not measured. */
      latency_us: number | null;
      /** @description SHA-256 over the names and texts of the fields. */
      text_hash: string;
      /** @description The policies that were in force. */
      policies: {
        /** @example pii */
        id: string;
        /** @example 1.0.0 */
        version: string;
        /** @description SHA-256 of the policy’s file. */
        sha256: string;
      }[];
      /** @example worker */
      decided_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      decided_at: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    DecisionList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      decisions: components['schemas']['Decision'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description What agents do in the tick that a run waits for. It is taken as a whole or not at all. */
    DecisionsRequest: {
      /**
       * @description The tick that is waited for.
       * @example 12
       */
      tick: number;
      decisions: {
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        agent_id: string;
        /**
         * @description One of what the agent `accepts`.
         * @enum {string}
         */
        does: 'nothing' | 'read' | 'post' | 'return';
        /** @description Of somebody who reads and does nothing: whether it leaves the network. */
        leaves?: boolean;
        /** @description Of somebody who reads: what it does about what it is shown. */
        acts?: {
          /** @enum {string} */
          kind:
            | 'reaction'
            | 'comment'
            | 'repost'
            | 'quote'
            | 'follow'
            | 'unfollow'
            | 'mute'
            | 'block'
            | 'report'
            | 'dismiss';
          /**
           * Format: uuid
           * @description An entry of the feed; of an answer to a notification, the post there.
           * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
           */
          post_id: string;
          /**
           * @description Of a reaction.
           * @enum {string}
           */
          reaction?: 'like' | 'love' | 'laugh' | 'insightful' | 'dislike';
          /**
           * Format: uuid
           * @description Of a comment, the comment that it answers.
           * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
           */
          comment_id?: string;
        }[];
      }[];
    };
    /** @description A document as YAML text or as an object. With Content-Type application/yaml the body is the text itself. */
    DocumentBody: {
      /** @description The YAML text; this or `document`. */
      content?: string;
      /** @description The document as an object; this or `content`. */
      document?: {
        [key: string]: unknown;
      };
      /**
       * @description Why it was changed.
       * @example Shorter captions.
       */
      note?: string;
    };
    /** @description Generated content with its variations, scores and compliance decision, not yet published. */
    Draft: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent_id: string;
      population_id: string | null;
      /** @example street_art_campaign */
      template: string;
      /** @example 1.0.0 */
      template_version: string;
      /** @enum {string} */
      language: 'en' | 'es';
      /** @example 20241005 */
      seed: string;
      /** @example A new wall in Roma Norte today. */
      caption: string;
      /** @description What a picture to it would show. */
      alt_text: string;
      /**
       * @example [
       *       "#StreetArt",
       *       "#MexicoCity"
       *     ]
       */
      hashtags: string[];
      variations: {
        caption: string;
      }[];
      /** @description How the draft came to be: generator, choices, lengths; with a language model `writing`: which one, its prompt, seeds and calls. */
      metadata: {
        [key: string]: unknown;
      };
      scores: {
        /**
         * @description How well made it is, from 0 to 1.
         * @example 0.83
         */
        quality: number;
        /**
         * @description From -1 (negative) to 1 (positive).
         * @example 0.83
         */
        sentiment: number;
        /**
         * @description How easy it is to read, from 0 to 1.
         * @example 0.83
         */
        readability: number;
        persona_fit: number | null;
        toxicity: number | null;
        originality: number | null;
      };
      /** @description Its captions, the best first; empty in older drafts. */
      ranking: {
        /** @description From 1, the best. */
        rank: number;
        /** @example variations[0] */
        text: string;
        /**
         * @description 0.4 · quality + 0.3 · persona fit + 0.2 · readability + 0.1 · distance.
         * @example 0.83
         */
        score: number;
        /**
         * @description From 0 to 1.
         * @example 0.83
         */
        quality: number;
        /**
         * @description From 0 to 1.
         * @example 0.83
         */
        persona_fit: number;
        /**
         * @description From 0 to 1.
         * @example 0.83
         */
        readability: number;
        /**
         * @description From the nearest other text of the draft, from 0 to 1.
         * @example 0.83
         */
        distance: number;
      }[];
      /** @description What it is about, beside its agent; null where nothing was asked for. */
      context: {
        campaign?: string;
        topic?: string;
        inputs?: {
          [key: string]: unknown;
        };
        thread?: {
          author: string;
          topic: string;
          draft_id: string | null;
          text_sha256: string;
        };
      } | null;
      /** @description How long the steps took, in microseconds; `metadata.steps` has their versions. */
      timings_us: {
        context?: number;
        write?: number;
        vary?: number;
        score?: number;
        guard: number;
      };
      /**
       * @description From 0 to 1, where 1 is clean.
       * @example 1
       */
      compliance_score: number;
      decision: {
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        id: string;
        /**
         * @description What may happen to the draft.
         * @enum {string}
         */
        action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
        /** @description Whether people said so; the decision tells what the guard said. */
        reviewed: boolean;
        labels: string[];
        /** @description Where in the draft which rule matched. */
        matches: components['schemas']['RuleMatch'][];
      };
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description The drafts of a population from one template and seed, and the job that makes them. */
    DraftBatch: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @description Of the batch: its drafts can be exported under it once the job is completed.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      population_id: string;
      /** @example street_art_campaign */
      template: string;
      /** @example 1.0.0 */
      template_version: string;
      /** @example 20241005 */
      seed: string;
      drafts_per_agent: number;
      /** @description Null for the template’s own number. */
      variations: number | null;
      /** @description What it is about, beside its agent; null where nothing was asked for. */
      context: {
        campaign?: string;
        topic?: string;
        inputs?: {
          [key: string]: unknown;
        };
        thread?: {
          author: string;
          topic: string;
          draft_id: string | null;
          text_sha256: string;
        };
      } | null;
      writer: {
        backend: string;
        /** @example deepseek-r1:1.5b */
        model: string;
        model_digest: string;
        prompt: {
          name: string;
          version: string;
          sha256: string;
        };
      } | null;
      /** @description Where a language model writes: what that will take, as far as can be known. */
      writing?: {
        cassette: string;
        /** @enum {string} */
        cassette_mode: 'auto' | 'record' | 'replay';
        forecast: {
          calls: number;
          input_tokens: number;
          output_tokens: number;
          /** @description At the configured prices, in their currency. */
          cost: string;
          seconds: number;
        };
      };
      /** @description How many drafts there are; null until the job is completed. */
      drafts: number | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    DraftList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      drafts: components['schemas']['Draft'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description What to draft: for one agent, or for every agent of a population. */
    DraftRequest: {
      /**
       * Format: uuid
       * @description The agent to write as; either this or `population`.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent?: string;
      /**
       * @description The population to write for, as a job; either this or `agent`.
       * @example f689656d-465c-40e9-86e3-bd0a9bcb64dd
       */
      population?: string;
      /**
       * @description The name of a template, or `name@version`.
       * @example street_art_campaign
       */
      template: string;
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed?: string;
      /** @description Other captions of each draft; without it, as many as the template says. */
      variations?: number;
      /** @description What the drafts are for: it is told to the guard, and originality is measured in it. */
      campaign?: string;
      /**
       * @description What to write about, where the template reads `topic`; without it an interest of the agent.
       * @example urban gardens
       */
      topic?: string;
      /** @description Values for the inputs that the template declares. */
      inputs?: {
        [key: string]: string | number | boolean | string[];
      };
      /** @description The post to answer, for templates that read `thread.author` or `thread.topic`. */
      reply_to?: components['schemas']['ReplyTo'];
      /**
       * @description Who writes captions, alternative texts and hashtags: rules from the template, or a language model on what the rules wrote. Default `rules`.
       * @example rules
       * @enum {string}
       */
      writer?: 'rules' | 'llm';
      /**
       * @description With the writer `llm`: where its answers are kept; one of its own unless it is named.
       * @example demo
       */
      cassette?: string;
      /**
       * @description `auto`: what the cassette has, and for the rest the model; `record`: the model, in place of what was kept; `replay`: the cassette alone. Default `auto`, unless another is configured.
       * @example auto
       * @enum {string}
       */
      cassette_mode?: 'auto' | 'record' | 'replay';
      /** @description With `population`: how many drafts each agent writes. */
      drafts_per_agent?: number;
    };
    /** @description Drafts to write, each as one agent. */
    DraftRequests: {
      requests: {
        /**
         * Format: uuid
         * @description The agent to write as.
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        agent: string;
        /** @example street_art_campaign */
        template: string;
        /**
         * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
         * @example 20241005
         */
        seed?: string;
        variations?: number;
        /** @description What the drafts are for: it is told to the guard, and originality is measured in it. */
        campaign?: string;
        /**
         * @description What to write about, where the template reads `topic`; without it an interest of the agent.
         * @example urban gardens
         */
        topic?: string;
        /** @description Values for the inputs that the template declares. */
        inputs?: {
          [key: string]: string | number | boolean | string[];
        };
        /** @description The post to answer, for templates that read `thread.author` or `thread.topic`. */
        reply_to?: components['schemas']['ReplyTo'];
        /**
         * @description Who writes captions, alternative texts and hashtags: rules from the template, or a language model on what the rules wrote. Default `rules`.
         * @example rules
         * @enum {string}
         */
        writer?: 'rules' | 'llm';
        /**
         * @description With the writer `llm`: where its answers are kept; one of its own unless it is named.
         * @example demo
         */
        cassette?: string;
        /**
         * @description `auto`: what the cassette has, and for the rest the model; `record`: the model, in place of what was kept; `replay`: the cassette alone. Default `auto`, unless another is configured.
         * @example auto
         * @enum {string}
         */
        cassette_mode?: 'auto' | 'record' | 'replay';
      }[];
    };
    /** @description What became of each request, in their order. */
    DraftResults: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      results: {
        /**
         * @description The HTTP status that the request alone has: 201 written, 200 was there already.
         * @example 201
         */
        status: number;
        draft: components['schemas']['Draft'] | null;
        /** @description Why there is no draft. */
        problem: components['schemas']['Problem'] | null;
      }[];
    };
    EndedSessions: {
      /** @constant */
      synthetic: true;
      /** @description How many sessions ended. */
      ended: number;
    };
    /** @description Runs over arms and seeds, and what was settled before the first of them. */
    Experiment: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @example label_timing */
      name: string;
      title: string;
      /** @description SHA-256 of the canonical form of the file, its arms and the version of the engine: the experiment’s identity. */
      digest: string;
      /** @description SHA-256 of the canonical form of the pre-registration alone. */
      preregistration_sha256: string;
      /** @example metro_cdmx */
      scenario: string;
      /** @example 1.0.0 */
      scenario_version: string;
      /**
       * @description `cancelling`: it was cancelled, and its last runs are stopping. `incomplete`: nothing works on it, and runs have failed, were stopped or deleted.
       * @enum {string}
       */
      status: 'queued' | 'running' | 'cancelling' | 'completed' | 'incomplete' | 'cancelled';
      /** @description Arms × seeds. */
      runs: number;
      completed: number;
      /** @description Ticks of all runs. */
      progress: {
        done: number;
        total: number;
      };
      /**
       * Format: uuid
       * @description The job that starts the runs.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id: string;
      /**
       * Format: date-time
       * @description When it was registered.
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      cancelled_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /** @description SHA-256 of the text as it was given. */
      file_sha256: string;
      /**
       * @description The file as it was read, defaults filled in.
       * @example {
       *       "id": "label_timing"
       *     }
       */
      file: {
        [key: string]: unknown;
      };
      arms: {
        /** @example label_timing */
        name: string;
        scenario_digest: string;
      }[];
      run_list: {
        /** @example label_timing */
        arm: string;
        seed: string;
        run_id: string | null;
        job_id: string | null;
        /** @description Null where there is no run yet, or no more. */
        status: ('queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'paused' | 'waiting') | null;
      }[];
    };
    /** @description An arm compared with the control in one outcome; null is what cannot be told from so few pairs. */
    ExperimentComparison: {
      outcome: string;
      primary: boolean;
      arm: string;
      /** @description Seeds that both arms have a value of. */
      pairs: number;
      /** @description Arm less control; null without a pair. */
      mean_difference: number | null;
      /** @description As a part of the control’s mean; null where that is 0. */
      relative_difference: number | null;
      sd_difference: number | null;
      t_interval: {
        low: number;
        high: number;
      } | null;
      bca_interval: {
        low: number;
        high: number;
      } | null;
      cohens_dz: number | null;
      hedges_g: number | null;
      p_t: number | null;
      p_sign_flip: number | null;
      /** @description Whether the sign-flip test looked at all flips. */
      exact: boolean | null;
      /** @description The sign-flip test’s, adjusted for all registered comparisons, those without a value among them. */
      p_holm: number | null;
      /** @description Against the effect that was seen. */
      achieved_power: number | null;
      /** @description The effect that would be found with a power of 0.8. */
      detectable_dz: number | null;
      /** @description Against the smallest effect that matters, where one was registered. */
      registered_power: number | null;
    };
    ExperimentList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      experiments: components['schemas']['ExperimentSummary'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description What an experiment found. */
    ExperimentResults: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      experiment_id: string;
      /** @enum {string} */
      status: 'queued' | 'running' | 'cancelling' | 'completed' | 'incomplete' | 'cancelled';
      alpha: number;
      control: string;
      primary_outcome: string;
      /** @description In which ways it is not what was registered; empty where it is. */
      deviations: string[];
      hypotheses: {
        text: string;
        arm: string;
        outcome: string;
        /** @enum {string} */
        direction: 'less' | 'greater' | 'different';
        /** @enum {string} */
        verdict: 'supported' | 'not_supported' | 'opposite' | 'undecidable';
      }[];
      comparisons: components['schemas']['ExperimentComparison'][];
      arms: {
        outcome: string;
        arm: string;
        runs: number;
        mean: number | null;
        sd: number | null;
      }[];
      runs: {
        arm: string;
        seed: string;
        run_id: string | null;
        status: ('queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'paused' | 'waiting') | null;
        values: {
          [key: string]: number | null;
        };
      }[];
    };
    /** @description An experiment as lists show it. */
    ExperimentSummary: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @example label_timing */
      name: string;
      title: string;
      /** @description SHA-256 of the canonical form of the file, its arms and the version of the engine: the experiment’s identity. */
      digest: string;
      /** @description SHA-256 of the canonical form of the pre-registration alone. */
      preregistration_sha256: string;
      /** @example metro_cdmx */
      scenario: string;
      /** @example 1.0.0 */
      scenario_version: string;
      /**
       * @description `cancelling`: it was cancelled, and its last runs are stopping. `incomplete`: nothing works on it, and runs have failed, were stopped or deleted.
       * @enum {string}
       */
      status: 'queued' | 'running' | 'cancelling' | 'completed' | 'incomplete' | 'cancelled';
      /** @description Arms × seeds. */
      runs: number;
      completed: number;
      /** @description Ticks of all runs. */
      progress: {
        done: number;
        total: number;
      };
      /**
       * Format: uuid
       * @description The job that starts the runs.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id: string;
      /**
       * Format: date-time
       * @description When it was registered.
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      cancelled_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description A file made of a population or of drafts. */
    Export: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * @description What it was made of.
       * @enum {string}
       */
      kind: 'population' | 'drafts';
      population_id: string | null;
      draft_batch_id: string | null;
      /** @example jsonl */
      format: string;
      /** @example application/x-ndjson; charset=utf-8 */
      media_type: string;
      /**
       * @description Size of the file.
       * @example 412345
       */
      bytes: string;
      /**
       * @description Of the file, in hexadecimal.
       * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
       */
      sha256: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * @description When it may be deleted; null when exports are kept.
       * @example null
       */
      expires_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description An export that is there already, or the job that makes it. */
    ExportAnswer: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @description Null until the job is completed. */
      export_id: string | null;
      /** @description Null where the export was there already. */
      job_id: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description An expiring link to the file of an export. */
    ExportLink: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      export_id: string;
      /**
       * @description Whoever holds it may GET the file, without a token, until it expires. The same as `href` where the server listens everywhere and has no API_PUBLIC_URL.
       * @example http://localhost:8000/api/v1/shared/exports/0b7f7a52-…?expires=1768473000&signature=…
       */
      url: string;
      /** @description Its path on the server. */
      href: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      expires_at: string;
    };
    ExportList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      exports: components['schemas']['Export'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    GrantedToken: {
      access_token: string;
      /** @constant */
      token_type: 'Bearer';
      /**
       * @description Seconds.
       * @example 1800
       */
      expires_in: number;
      /**
       * @description What it may do.
       * @example populations:read drafts:read
       */
      scope: string;
    };
    GroupMeasures: {
      group: string;
      agents: number;
      posts: number;
      reactions: number;
      comments: number;
      reposts: number;
      quotes: number;
      exposures: number | null;
      /** @description From 0 to 1. */
      silent: number;
      /** @description From 0 to 1; null where exposures were not logged. */
      reached: number | null;
      /** @description From 0 to 1; null where exposures were not logged. */
      attention: number | null;
      /** @description In nats; null where exposures were not logged. */
      topic_entropy: number | null;
      /** @description From 0 to 1; null where exposures were not logged. */
      labelled_prevalence: number | null;
      opinion_mean: number | null;
    };
    /** @description What became of decisions that were handed in. */
    HandedInDecisions: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      run_id: string;
      /**
       * @description From 0.
       * @example 12
       */
      tick: number;
      /** @description Decisions that are new. */
      accepted: number;
      /** @description Decisions that were handed in before, the same. */
      repeated: number;
      /** @description Agents for whom nobody has decided yet; at 0 the run goes on. */
      missing: number;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    ImportCassetteEntries: {
      /** @description Lines of a file of a cassette, without the last one. */
      content: string;
      /**
       * @description Where in the file they begin, for errors.
       * @default 1
       */
      first_line?: number;
    };
    ImportedCassetteEntries: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      name: string;
      /** @description Entries that were not there. */
      added: number;
      /** @description Entries that were there already, the same. */
      present: number;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description Something out of the usual with a bot, a worker, a queue or a dependency, what was done about it, and what came of it. */
    Incident: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * @description What kind of thing it is about.
       * @example worker
       * @enum {string}
       */
      subject: 'bot' | 'worker' | 'queue' | 'dependency';
      /**
       * @description Which of them.
       * @example laptop-4711-9f3a
       */
      subject_id: string;
      /**
       * @example heartbeat_missed
       * @enum {string}
       */
      symptom:
        | 'exited'
        | 'crash_loop'
        | 'not_startable'
        | 'heartbeat_missed'
        | 'stuck'
        | 'memory_high'
        | 'memory_leak'
        | 'cpu_high'
        | 'error_rate'
        | 'event_loop_lag'
        | 'log_flood'
        | 'anomalous'
        | 'failing'
        | 'queue_age'
        | 'no_worker'
        | 'dead_letters'
        | 'paused'
        | 'reduced'
        | 'unavailable';
      /** @description The measures that show it. */
      evidence: {
        [key: string]: unknown;
      };
      /** @example restart-silent */
      playbook: string;
      /**
       * @example restart
       * @enum {string}
       */
      action:
        | 'restart'
        | 'back_off'
        | 'quarantine'
        | 'scale'
        | 'roll_back'
        | 'reduce_concurrency'
        | 'raise_concurrency'
        | 'drain'
        | 'hand_back'
        | 'pause'
        | 'resume'
        | 'redrive'
        | 'open_breaker'
        | 'wait';
      /** @enum {string} */
      mode: 'observe' | 'propose' | 'act';
      /**
       * @example proposed
       * @enum {string}
       */
      status:
        'observed' | 'proposed' | 'approved' | 'acting' | 'succeeded' | 'failed' | 'dismissed' | 'passed';
      /** @description Why it is where it is. */
      note: string | null;
      /** @description Who approved or dismissed it. */
      decided_by: string | null;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      opened_at: string;
      acted_at: string | null;
      closed_at: string | null;
    };
    IncidentList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      incidents: components['schemas']['Incident'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description A token for an account, for a program that acts as it. */
    IssueNetworkToken: {
      /**
       * @description The account’s id or username, or the id of an agent, who is given an account.
       * @example ana.torres
       */
      account: string;
      /**
       * @default [
       *       "read",
       *       "write",
       *       "follow"
       *     ]
       * @example [
       *       "read",
       *       "write",
       *       "follow"
       *     ]
       */
      scopes?: (
        | 'read'
        | 'read:accounts'
        | 'read:blocks'
        | 'read:bookmarks'
        | 'read:favourites'
        | 'read:filters'
        | 'read:follows'
        | 'read:lists'
        | 'read:mutes'
        | 'read:notifications'
        | 'read:search'
        | 'read:statuses'
        | 'write'
        | 'write:accounts'
        | 'write:blocks'
        | 'write:bookmarks'
        | 'write:conversations'
        | 'write:favourites'
        | 'write:filters'
        | 'write:follows'
        | 'write:lists'
        | 'write:media'
        | 'write:mutes'
        | 'write:notifications'
        | 'write:reports'
        | 'write:statuses'
        | 'follow'
        | 'profile'
      )[];
      /**
       * @default 90
       * @example 7
       */
      expires_in_days?: number;
    };
    IssuedKey: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      key: components['schemas']['Key'];
      /**
       * @description Told this once.
       * @example azt_3fK9dQ2mXw_…
       */
      secret: string;
    };
    /** @description A token that was made. */
    IssuedNetworkToken: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * @description The name of a network.
       * @example main
       */
      network: string;
      /** @description Whose it is; null: the program’s own. */
      username: string | null;
      /** @description Who was given it; null: an operator. */
      application: string | null;
      /**
       * @example [
       *       "read",
       *       "write",
       *       "follow"
       *     ]
       */
      scopes: (
        | 'read'
        | 'read:accounts'
        | 'read:blocks'
        | 'read:bookmarks'
        | 'read:favourites'
        | 'read:filters'
        | 'read:follows'
        | 'read:lists'
        | 'read:mutes'
        | 'read:notifications'
        | 'read:search'
        | 'read:statuses'
        | 'write'
        | 'write:accounts'
        | 'write:blocks'
        | 'write:bookmarks'
        | 'write:conversations'
        | 'write:favourites'
        | 'write:filters'
        | 'write:follows'
        | 'write:lists'
        | 'write:media'
        | 'write:mutes'
        | 'write:notifications'
        | 'write:reports'
        | 'write:statuses'
        | 'follow'
        | 'profile'
      )[];
      /** @example admin */
      created_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      expires_at: string;
      /**
       * @description Shown this once.
       * @example mJ1oW1Yl3m0mC0lFAN3vC6q8zj1xv0m
       */
      token: string;
      /** @description Where a client takes it. */
      url: string | null;
    };
    Job: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id: string;
      /** @example population */
      queue: string;
      /** @example population.generate */
      name: string;
      /** @enum {string} */
      status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
      progress: {
        /** @description Units done. A further attempt begins at 0 without a total, until it has said where it goes on. */
        done: number;
        /** @description Units in all, when known. */
        total: number | null;
        /** @description What is being done. */
        note: string | null;
      };
      /** @description The lower goes first. */
      priority: number;
      /** @description How often it was started since it was last put in its queue. */
      attempts: number;
      /** @description Whether it failed, as often as it may, for reasons that might have passed. */
      dead_letter: boolean;
      /** @description Why it failed. */
      error: {
        code: string;
        message: string;
        errors?: {
          field: string;
          message: string;
          /** @description Where in a document, from 1. */
          line?: number;
          column?: number;
        }[];
      } | null;
      /** @description What it made; null until it is completed. */
      result: {
        [key: string]: unknown;
      } | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /** @description The job that had to be completed first; the first of them. */
      after: string | null;
      /** @description All jobs that had to end first. */
      after_ids: string[];
      cancel_requested: boolean;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description Before it cannot be started.
       * @example 2026-01-15T10:30:00.000Z
       */
      run_at: string;
      started_at: string | null;
      finished_at: string | null;
    };
    /** @description Which jobs to cancel: by their ids, or by a filter. */
    JobCancellation: {
      /**
       * @example [
       *       "0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11"
       *     ]
       */
      ids?: string[];
      /** @description Every unfinished job that meets it; an empty one means them all. */
      filter?: {
        /** @enum {string} */
        queue?: 'population' | 'content' | 'simulation';
        /** @enum {string} */
        name?:
          | 'population.generate'
          | 'content.draft'
          | 'content.export'
          | 'simulation.run'
          | 'simulation.calibrate'
          | 'experiment.start'
          | 'network.populate'
          | 'network.project'
          | 'workflow.step'
          | 'bot.act';
        /**
         * @description The id of the user who asked, or `me`.
         * @example me
         */
        created_by?: 'me' | string;
        /**
         * Format: uuid
         * @description The job that they follow.
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        after?: string;
        /**
         * Format: date-time
         * @description From this moment on.
         * @example 2026-01-15T00:00:00Z
         */
        created_after?: string;
        /**
         * Format: date-time
         * @description Before this moment.
         * @example 2026-01-16T00:00:00Z
         */
        created_before?: string;
      };
    };
    JobList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      jobs: components['schemas']['Job'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description Which jobs to put back in their queues: by their ids, or dead letters by a filter. */
    JobRedrive: {
      /**
       * @example [
       *       "0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11"
       *     ]
       */
      ids?: string[];
      /** @description Every dead letter that meets it; an empty one means them all. */
      filter?: {
        /** @enum {string} */
        queue?: 'population' | 'content' | 'simulation';
        /** @enum {string} */
        name?:
          | 'population.generate'
          | 'content.draft'
          | 'content.export'
          | 'simulation.run'
          | 'simulation.calibrate'
          | 'experiment.start'
          | 'network.populate'
          | 'network.project'
          | 'workflow.step'
          | 'bot.act';
        /**
         * @description The id of the user who asked, or `me`.
         * @example me
         */
        created_by?: 'me' | string;
        /**
         * Format: uuid
         * @description The job that they follow.
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        after?: string;
        /**
         * Format: date-time
         * @description From this moment on.
         * @example 2026-01-15T00:00:00Z
         */
        created_after?: string;
        /**
         * Format: date-time
         * @description Before this moment.
         * @example 2026-01-16T00:00:00Z
         */
        created_before?: string;
      };
    };
    /** @description A publication, and what people said about it. */
    JudgedPublication: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent_id: string;
      /** @example street_art_campaign@1.0.0 */
      template: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      due_at: string;
      /**
       * @description How many people have to approve.
       * @example 1
       */
      approvals_needed: number;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      campaign_id: string;
      /** @enum {string} */
      state:
        | 'planned'
        | 'drafted'
        | 'awaiting_approval'
        | 'due'
        | 'publishing'
        | 'published'
        | 'removed'
        | 'failed'
        | 'cancelled'
        | 'expired';
      /**
       * Format: date-time
       * @description Later than this it is not published any more.
       * @example 2026-01-15T10:30:00.000Z
       */
      expires_at: string;
      draft_id: string | null;
      /** @description What the guard said of the draft. */
      decision_id: string | null;
      /**
       * @description How often it was tried to publish it.
       * @example 1
       */
      attempts: number;
      /** @description What the platform calls it. */
      remote_id: string | null;
      url: string | null;
      /** @description Why it is as it is, where that is not as planned. */
      reason: string | null;
      /** @description It waits for approval, and its time is nearly over. */
      escalated: boolean;
      published_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      approvals: {
        /** @example ana */
        username: string;
        /** @enum {string} */
        verdict: 'approve' | 'reject';
        reason: string | null;
        /**
         * Format: date-time
         * @example 2026-01-15T10:30:00.000Z
         */
        decided_at: string;
      }[];
    };
    /** @description A JWK Set (RFC 7517): the public keys that tokens are checked with. */
    Jwks: {
      keys: {
        [key: string]: string;
      }[];
    };
    Key: {
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      user_id: string;
      /**
       * @description Who calls when it is used.
       * @example grace
       */
      username: string;
      /**
       * @description `key`: sent as `X-API-Key`; `client_secret`: exchanged at `POST /oauth/token`.
       * @enum {string}
       */
      kind: 'key' | 'client_secret';
      /** @example nightly export */
      name: string;
      /**
       * @description What it begins with.
       * @example azt_3fK9dQ2mXw
       */
      prefix: string;
      /** @description What it may do; null: all that its user may do. */
      scopes:
        | (
            | 'populations:create'
            | 'populations:read'
            | 'populations:update'
            | 'populations:delete'
            | 'agents:update'
            | 'drafts:create'
            | 'drafts:read'
            | 'drafts:delete'
            | 'simulations:run'
            | 'simulations:read'
            | 'simulations:delete'
            | 'exports:read'
            | 'exports:share'
            | 'exports:delete'
            | 'compliance:read'
            | 'compliance:check'
            | 'reviews:read'
            | 'reviews:decide'
            | 'reviews:decide_escalated'
            | 'reviews:appeal'
            | 'policies:write'
            | 'scenarios:read'
            | 'scenarios:write'
            | 'templates:read'
            | 'templates:write'
            | 'networks:read'
            | 'networks:post'
            | 'networks:write'
            | 'campaigns:read'
            | 'campaigns:write'
            | 'campaigns:approve'
            | 'workflows:read'
            | 'workflows:run'
            | 'bots:read'
            | 'bots:write'
            | 'bots:run'
            | 'incidents:read'
            | 'incidents:decide'
            | 'workers:read'
            | 'workers:manage'
            | 'jobs:read'
            | 'jobs:cancel'
            | 'jobs:retry'
            | 'llm:read'
            | 'cassettes:read'
            | 'cassettes:write'
            | 'metrics:read'
            | 'events:read'
            | 'users:read'
            | 'users:write'
            | 'roles:read'
            | 'roles:write'
            | 'keys:read'
            | 'keys:write'
            | 'sessions:read'
            | 'sessions:revoke'
            | 'signing_keys:read'
            | 'signing_keys:rotate'
            | 'audit:read'
          )[]
        | null;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      created_by: string;
      expires_at: string | null;
      /** @description To the minute. */
      last_used_at: string | null;
      revoked_at: string | null;
      /** @description The key that put this one in its place, where a program did so by itself; ends with it. */
      parent_id: string | null;
    };
    KeyList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      keys: components['schemas']['Key'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description One synthetic person of a population. */
    ListedAgent: {
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * @description Derived from the specification and the agent’s index.
       * @example f0d31549b06508ce
       */
      seed: string;
      /** @example Luna Mercado Ruiz */
      name: string;
      /**
       * @description Unique in the population.
       * @example luna.mercado7x
       */
      username_hint: string;
      /**
       * @description ISO 3166-1 alpha-2.
       * @example MX
       */
      country: string;
      /** @example Mexico City */
      city: string;
      /**
       * @description BCP 47.
       * @example es-MX
       */
      locale: string;
      /**
       * @description IANA time zone.
       * @example America/Mexico_City
       */
      timezone: string;
      /**
       * @description Years.
       * @example 22
       */
      age: number;
      /** @enum {string} */
      gender: 'female' | 'male' | 'non_binary' | 'unspecified';
      /**
       * @example [
       *       "street art",
       *       "urban culture"
       *     ]
       */
      interests: string[];
      /** @example I collect murals and rooftops in Mexico City. */
      bio: string;
      /** @enum {string} */
      posting_cadence: 'hourly' | 'daily' | 'weekly' | 'monthly';
      /** @enum {string} */
      tone: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
      /**
       * @example [
       *       "social_proof"
       *     ]
       */
      behavioral_biases: string[];
      /**
       * @description Attributes of a population file beyond these fields.
       * @example {
       *       "education": "tertiary",
       *       "commute_minutes": 25
       *     }
       */
      attributes?: {
        [key: string]: string | number;
      };
      persona?: components['schemas']['AgentPersona'];
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      population_id: string;
    };
    /** @description Language models, as the process that answers sees and uses them. */
    LlmStatus: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description What calls go to that name none.
       * @enum {string}
       */
      backend: 'ollama' | 'openai' | 'rules';
      /** @enum {string} */
      mode: 'live' | 'record' | 'replay' | 'auto';
      /** @example null */
      cassette: string | null;
      backends: {
        /** @enum {string} */
        backend: 'ollama' | 'openai' | 'rules';
        /** @example deepseek-r1:1.5b */
        model: string;
        /** @example null */
        model_digest: string | null;
        /**
         * @description Why it cannot be asked; null when it can.
         * @example null
         */
        problem: string | null;
        /** @description Calls that wait for a place. */
        waiting: number;
        servers: {
          /** @example http://127.0.0.1:11434 */
          url: string;
          /**
           * @description Why it cannot be asked; null when it can.
           * @example null
           */
          problem: string | null;
          /**
           * @description open: it failed several times and is left alone; half_open: it is tried again.
           * @enum {string}
           */
          breaker: 'closed' | 'open' | 'half_open';
          /** @description Calls that it works on. */
          active: number;
          /** @description Calls that it is given at once, as found out. */
          limit: number;
        }[];
      }[];
      totals: {
        calls: number;
        replayed: number;
        shared: number;
        failed: number;
        repairs: number;
        input_tokens: number;
        output_tokens: number;
        /**
         * @description At the configured prices, in their currency.
         * @example 0.012500
         */
        cost: string;
        seconds: number;
      };
    };
    Login: {
      /** @example admin */
      username: string;
      /** @example correct horse battery staple */
      password: string;
      /**
       * @description What the authenticator shows.
       * @example 492039
       */
      totp_code?: string;
    };
    /** @description Whether all bots are left as they are. */
    MaintainBots: {
      /**
       * @description Whether it is left as it is for maintenance: neither reconciled nor healed.
       * @example true
       */
      paused: boolean;
      /**
       * @description For who wonders.
       * @default
       * @example the database is moved
       */
      reason?: string;
    };
    /** @description A sandbox network. */
    Network: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description The name of a network.
       * @example main
       */
      name: string;
      /**
       * @description What people call it.
       * @example A rehearsal
       */
      title: string;
      /** @description Whether anybody who reaches the port may read what is public, without signing in. */
      open: boolean;
      /** @description The run that it shows; null: agents and users write on it. */
      run_id: string | null;
      /** @description The tick that the run is shown up to. */
      tick: number | null;
      /**
       * @description Where clients reach it; null where AZT3KNET_SANDBOX_PORT is not set.
       * @example http://127.0.0.1:8010
       */
      url: string | null;
      /** @example admin */
      created_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description Somebody on a network. */
    NetworkAccount: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @example 115602389123072001 */
      id: string;
      /** @example ana.torres */
      username: string;
      /** @example Ana Torres */
      display_name: string;
      /** @description The agent behind it; null: a user. */
      agent_id: string | null;
      posts: number;
      followers: number;
      following: number;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
    };
    NetworkAccountList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      accounts: components['schemas']['NetworkAccount'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description Work on a network that was accepted. */
    NetworkJob: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description The name of a network.
       * @example main
       */
      network: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    NetworkList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      networks: components['schemas']['Network'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description A sandbox network, and how much is on it. */
    NetworkStatus: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description The name of a network.
       * @example main
       */
      name: string;
      /**
       * @description What people call it.
       * @example A rehearsal
       */
      title: string;
      /** @description Whether anybody who reaches the port may read what is public, without signing in. */
      open: boolean;
      /** @description The run that it shows; null: agents and users write on it. */
      run_id: string | null;
      /** @description The tick that the run is shown up to. */
      tick: number | null;
      /**
       * @description Where clients reach it; null where AZT3KNET_SANDBOX_PORT is not set.
       * @example http://127.0.0.1:8010
       */
      url: string | null;
      /** @example admin */
      created_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /** @example 1000 */
      accounts: number;
      /** @description Posts and boosts that are to be seen. */
      posts: number;
      /** @description Posts that wait for a person’s decision. */
      held: number;
    };
    /** @description A token that holds, without its secret. */
    NetworkToken: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * @description The name of a network.
       * @example main
       */
      network: string;
      /** @description Whose it is; null: the program’s own. */
      username: string | null;
      /** @description Who was given it; null: an operator. */
      application: string | null;
      /**
       * @example [
       *       "read",
       *       "write",
       *       "follow"
       *     ]
       */
      scopes: (
        | 'read'
        | 'read:accounts'
        | 'read:blocks'
        | 'read:bookmarks'
        | 'read:favourites'
        | 'read:filters'
        | 'read:follows'
        | 'read:lists'
        | 'read:mutes'
        | 'read:notifications'
        | 'read:search'
        | 'read:statuses'
        | 'write'
        | 'write:accounts'
        | 'write:blocks'
        | 'write:bookmarks'
        | 'write:conversations'
        | 'write:favourites'
        | 'write:filters'
        | 'write:follows'
        | 'write:lists'
        | 'write:media'
        | 'write:mutes'
        | 'write:notifications'
        | 'write:reports'
        | 'write:statuses'
        | 'follow'
        | 'profile'
      )[];
      /** @example admin */
      created_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      expires_at: string;
    };
    NetworkTokenList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      tokens: components['schemas']['NetworkToken'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description As RFC 6749, 5.2, says. */
    OAuthError: {
      /** @enum {string} */
      error:
        | 'invalid_request'
        | 'invalid_client'
        | 'unauthorized_client'
        | 'unsupported_grant_type'
        | 'invalid_scope';
      error_description: string;
    };
    /** @description What an agent sees in a tick, and can do. */
    Offer: {
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent_id: string;
      /** @description Place of its decider in the scenario, from 0. */
      decider: number;
      /** @description Whether a decision was handed in. */
      decided: boolean;
      /**
       * @description What the agent can do: one of these.
       * @example [
       *       "nothing",
       *       "read",
       *       "post"
       *     ]
       */
      accepts: ('nothing' | 'read' | 'post' | 'return')[];
      /** @description What it posts if it does. */
      draft: {
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        draft_id: string;
        caption: string;
        hashtags: string[];
      } | null;
      /** @description The comment that it is told of; a comment with its ids answers it. */
      notification: {
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        comment_id: string;
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        agent_id: string;
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        post_id: string;
      } | null;
      /** @description What it is shown if it reads, the best first. */
      feed: {
        /** @description From 0. */
        rank: number;
        /**
         * Format: uuid
         * @description The post, repost or quote that is shown; acts name it.
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        post_id: string;
        /**
         * Format: uuid
         * @description The original that it leads to.
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        root_id: string;
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        draft_id: string;
        /**
         * Format: uuid
         * @description Who wrote the original.
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        author_id: string;
        /**
         * Format: uuid
         * @description Who posted, reposted or quoted it.
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        by_agent_id: string;
        /**
         * @description Why it is shown.
         * @enum {string}
         */
        source: 'followed' | 'reposted' | 'discovery' | 'notification';
        /** @description What ranked it, to four decimals. */
        score: number;
        /** @description In which it was posted, reposted or quoted. */
        tick: number;
        caption: string;
        hashtags: string[];
        /** @description The latest comments of others, which can be answered. */
        comments: {
          /**
           * Format: uuid
           * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
           */
          comment_id: string;
          /**
           * Format: uuid
           * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
           */
          agent_id: string;
        }[];
        /** @description What can be done about it. */
        accepts: (
          | 'reaction'
          | 'comment'
          | 'repost'
          | 'quote'
          | 'follow'
          | 'unfollow'
          | 'mute'
          | 'block'
          | 'report'
          | 'dismiss'
        )[];
      }[];
    };
    /** @description Which agents are on line when, and how they behave there. */
    PlanAgentSessions: {
      /**
       * @description Whose agents: its id, digest or name.
       * @example f689656d-465c-40e9-86e3-bd0a9bcb64dd
       */
      population?: string;
      /** @description Or which agents, by their ids. */
      agents?: string[];
      /**
       * @description Where they are on line.
       * @default main
       * @example main
       */
      network?: string;
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed: string;
      /**
       * Format: date-time
       * @description In the time of the agents; without it, now.
       * @example 2026-01-15T10:30:00.000Z
       */
      starts_at?: string;
      /**
       * Format: date-time
       * @description Without it, a day after it starts.
       * @example 2026-01-16T10:30:00.000Z
       */
      ends_at?: string;
      /**
       * @description With 1440, a day of the agents goes by in a minute, from now on.
       * @default 1
       */
      speed?: number;
      /**
       * @description When nobody is on line, by the clocks of each agent; null: never quiet.
       * @default null
       */
      quiet_hours?: {
        /** @example 22:30 */
        from: string;
        /** @example 07:00 */
        to: string;
      } | null;
      /**
       * @description How busy each hour of an agent’s day is, from 0 to 100; null: the usual day.
       * @default null
       * @example [
       *       0,
       *       0,
       *       0,
       *       0,
       *       0,
       *       0,
       *       2,
       *       5,
       *       8,
       *       8,
       *       8,
       *       9,
       *       12,
       *       12,
       *       9,
       *       8,
       *       8,
       *       9,
       *       12,
       *       14,
       *       15,
       *       12,
       *       6,
       *       2
       *     ]
       */
      rhythm?: number[] | null;
      /** @default {} */
      behaviour?: components['schemas']['SessionBehaviour'];
      /**
       * @description Of each agent in a day of its time, at most.
       * @default 50
       */
      acts_per_day?: number;
      /**
       * @description What replies are written from; null: nobody replies.
       * @default thread_reply
       */
      reply_template?: string | null;
    };
    /** @description A publication that there is, or would be. */
    PlannedPublication: {
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent_id: string;
      /** @example street_art_campaign@1.0.0 */
      template: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      due_at: string;
      /**
       * @description How many people have to approve.
       * @example 1
       */
      approvals_needed: number;
      /** @example luna.mercado7x */
      username: string;
    };
    /** @description What self-healing does about which symptom, and how that went. */
    PlaybookList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      playbooks: {
        /** @example restart-silent */
        id: string;
        /**
         * @description What kind of thing it is about.
         * @example worker
         * @enum {string}
         */
        subject: 'bot' | 'worker' | 'queue' | 'dependency';
        /**
         * @example heartbeat_missed
         * @enum {string}
         */
        symptom:
          | 'exited'
          | 'crash_loop'
          | 'not_startable'
          | 'heartbeat_missed'
          | 'stuck'
          | 'memory_high'
          | 'memory_leak'
          | 'cpu_high'
          | 'error_rate'
          | 'event_loop_lag'
          | 'log_flood'
          | 'anomalous'
          | 'failing'
          | 'queue_age'
          | 'no_worker'
          | 'dead_letters'
          | 'paused'
          | 'reduced'
          | 'unavailable';
        /**
         * @example restart
         * @enum {string}
         */
        action:
          | 'restart'
          | 'back_off'
          | 'quarantine'
          | 'scale'
          | 'roll_back'
          | 'reduce_concurrency'
          | 'raise_concurrency'
          | 'drain'
          | 'hand_back'
          | 'pause'
          | 'resume'
          | 'redrive'
          | 'open_breaker'
          | 'wait';
        /** @description Times that it has helped in the last week. */
        succeeded: number;
        /** @description Times that it has not. */
        failed: number;
        /** @description Whether it only proposes, since it rarely helped. */
        demoted: boolean;
      }[];
    };
    /** @description One version of a policy, in full. */
    Policy: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @example street_art_campaign */
      name: string;
      /** @example 1.0.0 */
      version: string;
      /** @description SHA-256 of everything in it that can change a result. */
      sha256: string;
      /**
       * @description Given by a person, or coming with the product.
       * @enum {string}
       */
      origin: 'stored' | 'shipped';
      note: string | null;
      created_by: string | null;
      /** @description Null where it comes with the product. */
      created_at: string | null;
      retired_at: string | null;
      /** @example Personal data */
      title: string;
      description: string;
      /**
       * @example [
       *       "en",
       *       "es"
       *     ]
       */
      languages: string[];
      /** @description What its rules label texts with. */
      labels: string[];
      tags: string[];
      /** @description The YAML text as it was given. */
      content: string;
      /** @description Named lists that terms refer to as <name>. */
      sets: {
        [key: string]: string[];
      };
      /** @description With the examples that each of them must match and must pass. */
      rules: components['schemas']['PolicyRule'][];
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description A policy as lists show it. */
    PolicyEntry: {
      /** @example street_art_campaign */
      name: string;
      /** @example 1.0.0 */
      version: string;
      /** @description SHA-256 of everything in it that can change a result. */
      sha256: string;
      /**
       * @description Given by a person, or coming with the product.
       * @enum {string}
       */
      origin: 'stored' | 'shipped';
      note: string | null;
      created_by: string | null;
      /** @description Null where it comes with the product. */
      created_at: string | null;
      retired_at: string | null;
      /** @example Personal data */
      title: string;
      description: string;
      /**
       * @example [
       *       "en",
       *       "es"
       *     ]
       */
      languages: string[];
      /** @description What its rules label texts with. */
      labels: string[];
      tags: string[];
      /**
       * @description How many rules it has.
       * @example 7
       */
      rules: number;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    PolicyPage: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      policies: components['schemas']['PolicyEntry'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description The version to go back to. */
    PolicyRollback: {
      /**
       * @description The one before the current one without it.
       * @example 1.1.0
       */
      version?: string;
      /** @description Why it was changed. */
      note?: string;
    };
    PolicyRule: {
      /** @description Unique in the policy */
      id: string;
      /** @description What the rule is about, as a reader of a decision sees it */
      title: string;
      /**
       * @description live when not given; draft and retired rules are not run, shadow is run and acts on nothing, percentage acts on a part of the subjects
       * @enum {string}
       */
      status?: 'draft' | 'shadow' | 'percentage' | 'live' | 'retired';
      /** @description Of the status percentage: the part of the subjects that it acts on */
      percent?: number;
      /** @description Who answers for it */
      author?: string;
      /**
       * Format: date
       * @description When it was written
       */
      created?: string;
      /**
       * Format: date
       * @description When it was last changed
       */
      changed?: string;
      /** @description Where it comes from, what it rests on */
      references?: string[];
      /** @description What lists are filtered by, up to 20 words. */
      tags?: string[];
      /** @description Those that it is written for; all of the policy when not given */
      languages?: string[];
      /** @description What it is known to match although it should not */
      false_positives?: string[];
      /**
       * @description How much a match lowers the compliance score
       * @enum {string}
       */
      severity: 'low' | 'medium' | 'high' | 'critical';
      /**
       * @description What happens to a text that matches
       * @enum {string}
       */
      action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
      /** @description What the text is labelled with; required for the action label */
      label?: string;
      /** @description How long the label holds, in hours or days; for ever when not given */
      expires_in?: string;
      /** @description Phrases of whole words, found whatever their case, accents, repeated letters, digits for letters and look-alikes; (a|b) is one of several, <name> one of a set */
      terms?: string[];
      /** @description RE2 patterns over the folded text: lower case, no accents, single spaces */
      patterns?: string[];
      /**
       * @description A checksum that a match of a pattern must meet
       * @enum {string}
       */
      check?: 'luhn' | 'iban';
      /** @description Personal data of some kinds; docs/personal-data.md says what is found */
      pii?: {
        kinds: (
          | 'email'
          | 'phone'
          | 'card'
          | 'iban'
          | 'us_routing'
          | 'crypto_wallet'
          | 'ip'
          | 'mac'
          | 'us_ssn'
          | 'us_itin'
          | 'us_driver_license'
          | 'passport'
          | 'mx_curp'
          | 'mx_rfc'
          | 'es_dni'
          | 'es_nie'
          | 'br_cpf'
          | 'br_cnpj'
          | 'date_of_birth'
          | 'postal_code'
          | 'address'
          | 'name'
        )[];
        /** @description From 0.5 to 1, where 1 is proved by check digits */
        min_score?: number;
      };
      /** @description A CEL expression over the signals of the text that must hold; alone, or for what terms, patterns and pii find */
      condition?: string;
      /** @description Examples that every run of the tests checks */
      tests: {
        /** @description Texts that the rule must match */
        matches: (
          | string
          | {
              text: string;
              /** @description What is known besides the text */
              given: {
                /** @description Who wrote it */
                agent?: {
                  id?: string;
                  /** @description Days since it was made */
                  age_days?: number;
                  posts?: number;
                };
                /** @description What it is written for */
                campaign?: {
                  id?: string;
                  name?: string;
                };
                /** @description Where it is to appear, and what that allows; 0 where it sets no limit */
                platform?: {
                  name?: string;
                  /** @description In UTF-16 units */
                  max_length?: number;
                  max_hashtags?: number;
                  max_mentions?: number;
                  max_links?: number;
                  /** @description Whether a text has to say that it is synthetic */
                  requires_disclosure?: boolean;
                  /** @description Whether the label that says so goes with it */
                  disclosed?: boolean;
                };
                history?: {
                  /** @description On texts of the same author */
                  decisions?: number;
                  /** @description Of them, how many were blocked */
                  blocked?: number;
                  /** @description Of them, how many went to review */
                  reviewed?: number;
                  /** @description How often the same text was decided on before */
                  same_text?: number;
                  /** @description How many other agents wrote the same text */
                  same_text_agents?: number;
                  /** @description How many other agents spread one of its links */
                  shared_links_agents?: number;
                };
                /** @description How many texts the author wrote */
                rate?: {
                  last_minute?: number;
                  last_hour?: number;
                  last_day?: number;
                };
                /** @description What the classifiers say; 0 for what is left out */
                scores?: {
                  [key: string]: number;
                };
                /** @description What a language model says, where one is asked */
                judge?: {
                  [key: string]: number;
                };
                /** @description What a moderation endpoint says */
                moderation?: {
                  [key: string]: number;
                };
                /** @description What another classifier says */
                remote?: {
                  [key: string]: number;
                };
                /** @description How many of these were asked, and how many did not answer */
                elsewhere?: {
                  asked?: number;
                  failed?: number;
                };
                language?: string;
              };
            }
        )[];
        /** @description Texts that it must not match */
        passes: (
          | string
          | {
              text: string;
              /** @description What is known besides the text */
              given: {
                /** @description Who wrote it */
                agent?: {
                  id?: string;
                  /** @description Days since it was made */
                  age_days?: number;
                  posts?: number;
                };
                /** @description What it is written for */
                campaign?: {
                  id?: string;
                  name?: string;
                };
                /** @description Where it is to appear, and what that allows; 0 where it sets no limit */
                platform?: {
                  name?: string;
                  /** @description In UTF-16 units */
                  max_length?: number;
                  max_hashtags?: number;
                  max_mentions?: number;
                  max_links?: number;
                  /** @description Whether a text has to say that it is synthetic */
                  requires_disclosure?: boolean;
                  /** @description Whether the label that says so goes with it */
                  disclosed?: boolean;
                };
                history?: {
                  /** @description On texts of the same author */
                  decisions?: number;
                  /** @description Of them, how many were blocked */
                  blocked?: number;
                  /** @description Of them, how many went to review */
                  reviewed?: number;
                  /** @description How often the same text was decided on before */
                  same_text?: number;
                  /** @description How many other agents wrote the same text */
                  same_text_agents?: number;
                  /** @description How many other agents spread one of its links */
                  shared_links_agents?: number;
                };
                /** @description How many texts the author wrote */
                rate?: {
                  last_minute?: number;
                  last_hour?: number;
                  last_day?: number;
                };
                /** @description What the classifiers say; 0 for what is left out */
                scores?: {
                  [key: string]: number;
                };
                /** @description What a language model says, where one is asked */
                judge?: {
                  [key: string]: number;
                };
                /** @description What a moderation endpoint says */
                moderation?: {
                  [key: string]: number;
                };
                /** @description What another classifier says */
                remote?: {
                  [key: string]: number;
                };
                /** @description How many of these were asked, and how many did not answer */
                elsewhere?: {
                  asked?: number;
                  failed?: number;
                };
                language?: string;
              };
            }
        )[];
      };
    };
    PolicyVersionPage: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      versions: components['schemas']['PolicyEntry'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description Whom to give accounts. */
    PopulateNetwork: {
      /**
       * @description The id, digest or name of a persisted population.
       * @example metro_cdmx
       */
      population: string;
      /**
       * @description Only so many of its agents, in their order.
       * @example 1000
       */
      limit?: number;
    };
    /** @description A population that was persisted or exported. */
    Population: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @example metro_control */
      name: string | null;
      notes: string | null;
      /**
       * @example [
       *       "control",
       *       "spring 2026"
       *     ]
       */
      tags: string[];
      specification: components['schemas']['PopulationSpecification'];
      seed: string;
      count: number;
      generator_version: number;
      /** @description Whether its agents can be listed. */
      persisted: boolean;
      /**
       * Format: uuid
       * @description What the guard said about it.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      decision_id: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      exports: {
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        id: string;
        /** @enum {string} */
        format: 'json' | 'jsonl' | 'csv' | 'parquet';
        bytes: string;
        sha256: string;
        /** @description Path of the file. */
        href: string;
        /**
         * Format: date-time
         * @example 2026-01-15T10:30:00.000Z
         */
        created_at: string;
      }[];
    };
    PopulationAgents: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      agents: components['schemas']['AgentProfile'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      population_id: string;
    };
    /** @description The answer to a request for a population. */
    PopulationAnswer: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      population_id: string;
      /** @example 20241005 */
      seed: string;
      /**
       * @description Whether the seed came with the request, from the configuration, or was made for it.
       * @enum {string}
       */
      seed_source: 'request' | 'default' | 'generated';
      specification: components['schemas']['PopulationSpecification'];
      /** @description Where a language model writes: what that will take, as far as can be known. */
      writing?: {
        cassette: string;
        /** @enum {string} */
        cassette_mode: 'auto' | 'record' | 'replay';
        forecast: {
          calls: number;
          input_tokens: number;
          output_tokens: number;
          /** @description At the configured prices, in their currency. */
          cost: string;
          seconds: number;
        };
      };
      /**
       * Format: uuid
       * @description The job that persists or exports.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id?: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /** @description The first agents, as many as were asked for. */
      preview?: components['schemas']['AgentProfile'][];
      /** @description All agents, when neither preview nor persist nor export was asked for. */
      agents?: components['schemas']['AgentProfile'][];
    };
    /** @description A population file, to be checked. */
    PopulationFileCheck: {
      /**
       * @description A population file as YAML text; this or `document`.
       * @example id: small_panel
       *     version: 1.0.0
       *     title: A small panel
       *     description: A hundred people of two cities.
       *     count: 100
       *     country: MX
       *     attributes:
       *       place: { weights: { Mexico City: 3, Puebla: 1 } }
       */
      content?: string;
      /** @description The same as an object; `docs/schemas/population.schema.json` describes it. This or `content`. */
      document?: {
        [key: string]: unknown;
      };
      /** @description The text of the CSV file that the population file names as its sample. */
      sample?: string;
    };
    /** @description A population file, and what is to be done with the population. With Content-Type application/yaml the body is the file itself. */
    PopulationFileRequest: {
      /**
       * @description A population file as YAML text; this or `document`.
       * @example id: small_panel
       *     version: 1.0.0
       *     title: A small panel
       *     description: A hundred people of two cities.
       *     count: 100
       *     country: MX
       *     attributes:
       *       place: { weights: { Mexico City: 3, Puebla: 1 } }
       */
      content?: string;
      /** @description The same as an object; `docs/schemas/population.schema.json` describes it. This or `content`. */
      document?: {
        [key: string]: unknown;
      };
      /** @description The text of the CSV file that the population file names as its sample. */
      sample?: string;
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed?: string;
      /**
       * @description Who writes names, biographies, interests beyond the first, and biases; everything else rules draw. Default `rules`.
       * @example rules
       * @enum {string}
       */
      writer?: 'rules' | 'llm';
      /**
       * @description With the writer `llm`: where its answers are kept; one of its own unless it is named.
       * @example demo
       */
      cassette?: string;
      /**
       * @description `auto`: what the cassette has, and for the rest the model; `record`: the model, in place of what was kept; `replay`: the cassette alone. Default `auto`, unless another is configured.
       * @example auto
       * @enum {string}
       */
      cassette_mode?: 'auto' | 'record' | 'replay';
      /**
       * @description Shows the first so many agents in the answer.
       * @example 10
       */
      preview?: number;
      /** @description Stores all agents; the answer tells the job that does it. */
      persist?: boolean;
      /**
       * @description Makes a file of all agents; the answer tells the job that does it.
       * @enum {string}
       */
      export?: 'json' | 'jsonl' | 'csv' | 'parquet';
    };
    PopulationList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      populations: components['schemas']['PopulationSummary'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description What a population is made from, and what is to be done with it. */
    PopulationRequest: {
      /**
       * @description Filters gender; `unspecified` filters nothing and gives a mixed population.
       * @example female
       * @enum {string}
       */
      gender: 'female' | 'male' | 'non_binary' | 'unspecified';
      /**
       * @description How many agents.
       * @example 1000
       */
      count: number;
      /**
       * @description ISO 3166-1 alpha-2.
       * @example MX
       */
      country: string;
      /**
       * @description A city of the country; without it, its cities by their populations.
       * @example Mexico City
       */
      city?: string;
      /**
       * @description Youngest and oldest, both included, in years.
       * @example [
       *       18,
       *       25
       *     ]
       */
      age_range?: [number, number];
      /**
       * @description At the core of every agent’s interests; up to 60 characters each.
       * @example [
       *       "street art",
       *       "urban culture"
       *     ]
       */
      interests?: string[];
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed?: string;
      /**
       * @description Who writes names, biographies, interests beyond the first, and biases; everything else rules draw. Default `rules`.
       * @example rules
       * @enum {string}
       */
      writer?: 'rules' | 'llm';
      /**
       * @description With the writer `llm`: where its answers are kept; one of its own unless it is named.
       * @example demo
       */
      cassette?: string;
      /**
       * @description `auto`: what the cassette has, and for the rest the model; `record`: the model, in place of what was kept; `replay`: the cassette alone. Default `auto`, unless another is configured.
       * @example auto
       * @enum {string}
       */
      cassette_mode?: 'auto' | 'record' | 'replay';
      /**
       * @description Shows the first so many agents in the answer.
       * @example 10
       */
      preview?: number;
      /** @description Stores all agents; the answer tells the job that does it. */
      persist?: boolean;
      /**
       * @description Makes a file of all agents; the answer tells the job that does it.
       * @enum {string}
       */
      export?: 'json' | 'jsonl' | 'csv' | 'parquet';
    };
    /** @description A specification with every default filled in. */
    PopulationSpecification: {
      /** @enum {string} */
      gender: 'female' | 'male' | 'non_binary' | 'unspecified';
      /** @example 1000 */
      count: number;
      /** @example MX */
      country: string;
      /** @example Mexico City */
      city: string | null;
      /**
       * @description Both ends included.
       * @example [
       *       18,
       *       25
       *     ]
       */
      age_range: number[];
      interests: string[];
      /** @example 20241005 */
      seed: string;
      /** @description Distributions of attributes, where a population file gave them. */
      composition?: {
        [key: string]: unknown;
      };
      /** @description The language model that writes; absent where rules do. */
      writer?: {
        backend: string;
        /** @example deepseek-r1:1.5b */
        model: string;
        model_digest: string;
        prompt: {
          name: string;
          version: string;
          sha256: string;
        };
      };
    };
    /** @description A population as lists show it. */
    PopulationSummary: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @example metro_control */
      name: string | null;
      notes: string | null;
      /**
       * @example [
       *       "control",
       *       "spring 2026"
       *     ]
       */
      tags: string[];
      specification: components['schemas']['PopulationSpecification'];
      seed: string;
      count: number;
      generator_version: number;
      /** @description Whether its agents can be listed. */
      persisted: boolean;
      /**
       * Format: uuid
       * @description What the guard said about it.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      decision_id: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
    };
    /** @description What is to be said about a population; what is not given stays, null takes it back. */
    PopulationUpdate: {
      name?: string | null;
      notes?: string | null;
      /**
       * @example [
       *       "control",
       *       "spring 2026"
       *     ]
       */
      tags?: string[];
    };
    PreviewRequest: {
      /**
       * Format: uuid
       * @description An agent that is there; else the sample agent writes.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent?: string;
      sample?: components['schemas']['SampleAgent'];
      /** @description The current version without it. */
      version?: string;
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed?: string;
      /**
       * @description Which of the agent’s drafts with this seed.
       * @default 0
       */
      index?: number;
      variations?: number;
      /** @description What the drafts are for: it is told to the guard, and originality is measured in it. */
      campaign?: string;
      /**
       * @description What to write about, where the template reads `topic`; without it an interest of the agent.
       * @example urban gardens
       */
      topic?: string;
      /** @description Values for the inputs that the template declares. */
      inputs?: {
        [key: string]: string | number | boolean | string[];
      };
      /** @description The post to answer, for templates that read `thread.author` or `thread.topic`. */
      reply_to?: components['schemas']['ReplyTo'];
    };
    Problem: {
      /** @example urn:azt3knet:problem:input_invalid */
      type: string;
      /** @example Unprocessable Entity */
      title: string;
      /** @example 422 */
      status: number;
      /** @description What was wrong, where, and what is accepted. */
      detail: string;
      /**
       * @description For programs; does not change.
       * @example input_invalid
       */
      code: string;
      /** @description The path that was called. */
      instance?: string;
      /**
       * @example [
       *       {
       *         "field": "count",
       *         "message": "must be at least 1"
       *       }
       *     ]
       */
      errors?: {
        field: string;
        message: string;
        /** @description Where in a document, from 1. */
        line?: number;
        column?: number;
      }[];
    };
    /** @description A run to show on a network of its own. */
    ProjectRun: {
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      run_id: string;
      /**
       * @description The last tick that is shown; without it, the run’s last.
       * @example 60
       */
      tick?: number;
      /**
       * @description Of the network that is made; without it, one of the run and the tick.
       * @example run-at-60
       */
      name?: string;
      /**
       * @description Whether anybody who reaches the port may read what is public, without signing in.
       * @default false
       */
      open?: boolean;
    };
    /** @description One draft going out through one adapter, exactly once. */
    Publication: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      agent_id: string;
      /** @example street_art_campaign@1.0.0 */
      template: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      due_at: string;
      /**
       * @description How many people have to approve.
       * @example 1
       */
      approvals_needed: number;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      campaign_id: string;
      /** @enum {string} */
      state:
        | 'planned'
        | 'drafted'
        | 'awaiting_approval'
        | 'due'
        | 'publishing'
        | 'published'
        | 'removed'
        | 'failed'
        | 'cancelled'
        | 'expired';
      /**
       * Format: date-time
       * @description Later than this it is not published any more.
       * @example 2026-01-15T10:30:00.000Z
       */
      expires_at: string;
      draft_id: string | null;
      /** @description What the guard said of the draft. */
      decision_id: string | null;
      /**
       * @description How often it was tried to publish it.
       * @example 1
       */
      attempts: number;
      /** @description What the platform calls it. */
      remote_id: string | null;
      url: string | null;
      /** @description Why it is as it is, where that is not as planned. */
      reason: string | null;
      /** @description It waits for approval, and its time is nearly over. */
      escalated: boolean;
      published_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    PublicationList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      publications: components['schemas']['Publication'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description What became of a publication, as the server of AZT3KNET_WEBHOOK_URL tells. */
    PublicationReport: {
      /** @enum {string} */
      type: 'post.published' | 'post.removed' | 'post.failed';
      data: {
        /**
         * @description The `webhook-id` of the message that published it.
         * @example msg_1f0c
         */
        id: string;
        /** @example the account was closed */
        reason?: string;
      };
    };
    PutRole: {
      /**
       * @default
       * @example Runs simulations and nothing else.
       */
      description?: string;
      /**
       * @example [
       *       "populations:read",
       *       "simulations:run"
       *     ]
       */
      permissions: (
        | 'populations:create'
        | 'populations:read'
        | 'populations:update'
        | 'populations:delete'
        | 'agents:update'
        | 'drafts:create'
        | 'drafts:read'
        | 'drafts:delete'
        | 'simulations:run'
        | 'simulations:read'
        | 'simulations:delete'
        | 'exports:read'
        | 'exports:share'
        | 'exports:delete'
        | 'compliance:read'
        | 'compliance:check'
        | 'reviews:read'
        | 'reviews:decide'
        | 'reviews:decide_escalated'
        | 'reviews:appeal'
        | 'policies:write'
        | 'scenarios:read'
        | 'scenarios:write'
        | 'templates:read'
        | 'templates:write'
        | 'networks:read'
        | 'networks:post'
        | 'networks:write'
        | 'campaigns:read'
        | 'campaigns:write'
        | 'campaigns:approve'
        | 'workflows:read'
        | 'workflows:run'
        | 'bots:read'
        | 'bots:write'
        | 'bots:run'
        | 'incidents:read'
        | 'incidents:decide'
        | 'workers:read'
        | 'workers:manage'
        | 'jobs:read'
        | 'jobs:cancel'
        | 'jobs:retry'
        | 'llm:read'
        | 'cassettes:read'
        | 'cassettes:write'
        | 'metrics:read'
        | 'events:read'
        | 'users:read'
        | 'users:write'
        | 'roles:read'
        | 'roles:write'
        | 'keys:read'
        | 'keys:write'
        | 'sessions:read'
        | 'sessions:revoke'
        | 'signing_keys:read'
        | 'signing_keys:rotate'
        | 'audit:read'
      )[];
    };
    /** @description A queue of jobs, and what is wanted of it. */
    Queue: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @example content
       * @enum {string}
       */
      queue: 'population' | 'content' | 'simulation';
      /** @description Whether workers take none of its jobs. */
      paused: boolean;
      /** @description Jobs of a queue that a worker does at once, at most; null: as it was started. */
      concurrency: number | null;
      /** @description What self-healing does with it: observe, propose or act; null: as the installation says. */
      healing: ('observe' | 'propose' | 'act') | null;
      /** @description Who has last said what it is to do: a user name, or `self-healing`. */
      changed_by: string | null;
      changed_at: string | null;
      /** @description Workers that take its jobs. */
      workers: number;
      /** @description Jobs that they may do at once between them. */
      slots: number;
      /** @description How long the job whose turn it is has waited; 0: there is none. */
      oldest_seconds: number;
      /** @description Attempts at its jobs that have ended. */
      attempts: number;
      /** @description Those that ended in an error which may pass. */
      errors: number;
    };
    QueueList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      queues: components['schemas']['Queue'][];
    };
    /** @description What became of each job. */
    RedrivenJobs: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      results: {
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        job_id: string;
        /**
         * @description The HTTP status that it has alone.
         * @example 202
         */
        status: number;
        /** @description The job, where it was done. */
        job: components['schemas']['Job'] | null;
        /** @description Why not, otherwise. */
        problem: components['schemas']['Problem'] | null;
      }[];
      /** @description Whether more dead letters meet the filter than 1000: ask again. */
      more: boolean;
    };
    RejectPublication: {
      /** @example fits the neighbourhood */
      reason: string;
    };
    RemoveTotp: {
      current_password: string;
      /**
       * @description What the authenticator shows.
       * @example 492039
       */
      code: string;
    };
    /** @description The post that a draft answers. */
    ReplyTo: {
      /**
       * Format: uuid
       * @description A draft; either this, or `text` and `author`.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      draft?: string;
      /** @description The text of the post. */
      text?: string;
      /**
       * @description How to call who wrote it.
       * @example @luna.mercado7x2
       */
      author?: string;
      /** @description What it is about; without it, its topic, its first hashtag or most frequent word. */
      topic?: string;
    };
    ReportList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      reports: components['schemas']['ReportSummary'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description The report of a completed run as lists show it. */
    ReportSummary: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      run_id: string;
      /** @example metro_cdmx */
      scenario: string;
      /** @example 1.0.0 */
      scenario_version: string;
      /** @description Of the scenario. */
      title: string;
      /** @example 20241005 */
      seed: string;
      /** @example 120 */
      ticks: number;
      /** @description Null for a model whose agents are no population. */
      population_id: string | null;
      totals: components['schemas']['RunTotals'];
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      completed_at: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description What an export is to be like. */
    RequestExport: {
      /**
       * @example jsonl
       * @enum {string}
       */
      format: 'json' | 'jsonl' | 'csv';
    };
    /** @description What an export of a population is to be like. */
    RequestPopulationExport: {
      /**
       * @example jsonl
       * @enum {string}
       */
      format: 'json' | 'jsonl' | 'csv' | 'parquet';
    };
    ResetPassword: {
      /**
       * @description At least 12 characters, and none of those that are guessed first.
       * @example violet harbour seven lanterns
       */
      password: string;
    };
    /** @description A decision that waits for people, or did, with all that was said about it. */
    Review: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @description That of the decision.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      subject: {
        /** @example draft */
        type: string;
        id: string;
      };
      agent_id: string | null;
      /**
       * @description What the guard said.
       * @enum {string}
       */
      decided: 'allow' | 'label' | 'review' | 'escalate' | 'block';
      /**
       * @description The gravest of the rules that asked for it; it says how soon the review is due.
       * @enum {string}
       */
      severity: 'low' | 'medium' | 'high' | 'critical';
      /** @description Whether only those who hold `reviews:decide_escalated` decide: the guard said so, or a reviewer. */
      escalated: boolean;
      /**
       * @description `second_opinion`: it takes another person’s; `disputed`: two did not agree, and a third decides.
       * @enum {string}
       */
      status: 'open' | 'second_opinion' | 'disputed' | 'closed';
      /**
       * @description From 1; an appeal begins another.
       * @example 1
       */
      round: number;
      /** @description What people made of it; it holds while an appeal is looked at. */
      outcome: ('block' | 'allow' | 'label') | null;
      /** @description Those that reviewers gave. */
      labels: string[];
      /** @description Who works on it at this moment. */
      claimed_by: string | null;
      claimed_until: string | null;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      due_at: string;
      overdue: boolean;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      closed_at: string | null;
      decision: components['schemas']['Decision'];
      /** @description What was decided on; null where it is gone. */
      texts:
        | {
            field: string;
            text: string;
          }[]
        | null;
      opinions: {
        round: number;
        /** @enum {string} */
        stage: 'open' | 'second_opinion' | 'disputed';
        /** @example grace */
        reviewer: string;
        /**
         * @description `uphold`: the text is blocked; `release`: it goes on; `label`: it goes on with these labels.
         * @enum {string}
         */
        verdict: 'uphold' | 'release' | 'label';
        labels: string[];
        reason: string;
        /**
         * Format: date-time
         * @example 2026-01-15T10:30:00.000Z
         */
        created_at: string;
      }[];
      appeals: {
        /** @description The round that it began. */
        round: number;
        /** @example grace */
        appellant: string;
        /**
         * @description What held until then.
         * @enum {string}
         */
        against: 'allow' | 'label' | 'review' | 'escalate' | 'block';
        reason: string;
        /**
         * Format: date-time
         * @example 2026-01-15T10:30:00.000Z
         */
        created_at: string;
      }[];
      /** @description Who handed it up, and why; null where nobody did. */
      escalation: {
        round: number;
        /** @example grace */
        reviewer: string;
        reason: string;
        /**
         * Format: date-time
         * @example 2026-01-15T10:30:00.000Z
         */
        created_at: string;
      } | null;
      /** @description The ten newest decisions before it about the same subject or agent. */
      earlier: {
        /**
         * Format: uuid
         * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
         */
        id: string;
        subject: {
          type: string;
          id: string;
        };
        /**
         * @description What the guard said.
         * @enum {string}
         */
        action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
        /**
         * @description What may happen to the text by now.
         * @enum {string}
         */
        outcome: 'allow' | 'label' | 'review' | 'escalate' | 'block';
        /** @description Whether people said so. */
        reviewed: boolean;
        rules: string[];
        /**
         * Format: date-time
         * @example 2026-01-15T10:30:00.000Z
         */
        decided_at: string;
        /**
         * @description Paths of what belongs to this.
         * @example {
         *       "self": "/api/v1/…"
         *     }
         */
        links: {
          [key: string]: string;
        };
      }[];
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description Why a decision is to be looked at again. */
    ReviewAppeal: {
      /** @example An invented address in a work of fiction. */
      reason: string;
    };
    /** @description Which review to work on. */
    ReviewClaim: {
      /**
       * @description The gravest of the rules that asked for it; it says how soon the review is due.
       * @enum {string}
       */
      severity?: 'low' | 'medium' | 'high' | 'critical';
    };
    /** @description A decision that waits for people, or did. */
    ReviewEntry: {
      /**
       * Format: uuid
       * @description That of the decision.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      subject: {
        /** @example draft */
        type: string;
        id: string;
      };
      agent_id: string | null;
      /**
       * @description What the guard said.
       * @enum {string}
       */
      decided: 'allow' | 'label' | 'review' | 'escalate' | 'block';
      /**
       * @description The gravest of the rules that asked for it; it says how soon the review is due.
       * @enum {string}
       */
      severity: 'low' | 'medium' | 'high' | 'critical';
      /** @description Whether only those who hold `reviews:decide_escalated` decide: the guard said so, or a reviewer. */
      escalated: boolean;
      /**
       * @description `second_opinion`: it takes another person’s; `disputed`: two did not agree, and a third decides.
       * @enum {string}
       */
      status: 'open' | 'second_opinion' | 'disputed' | 'closed';
      /**
       * @description From 1; an appeal begins another.
       * @example 1
       */
      round: number;
      /** @description What people made of it; it holds while an appeal is looked at. */
      outcome: ('block' | 'allow' | 'label') | null;
      /** @description Those that reviewers gave. */
      labels: string[];
      /** @description Who works on it at this moment. */
      claimed_by: string | null;
      claimed_until: string | null;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      due_at: string;
      overdue: boolean;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      closed_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description Why somebody with more say is to decide. */
    ReviewEscalation: {
      /** @example An invented address in a work of fiction. */
      reason: string;
    };
    /** @description What a reviewer says. */
    ReviewOpinion: {
      /**
       * @description `uphold`: the text is blocked; `release`: it goes on; `label`: it goes on with these labels.
       * @enum {string}
       */
      verdict: 'uphold' | 'release' | 'label';
      /** @default [] */
      labels?: string[];
      /** @example An invented address in a work of fiction. */
      reason: string;
      /**
       * @description Whether another person is to be asked in any case.
       * @default false
       */
      second_opinion?: boolean;
    };
    ReviewPage: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      reviews: components['schemas']['ReviewEntry'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    Role: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @example viewer */
      name: string;
      description: string;
      /** @description Every installation has it, and nobody changes it. */
      built_in: boolean;
      /**
       * @example [
       *       "populations:read",
       *       "simulations:run"
       *     ]
       */
      permissions: (
        | 'populations:create'
        | 'populations:read'
        | 'populations:update'
        | 'populations:delete'
        | 'agents:update'
        | 'drafts:create'
        | 'drafts:read'
        | 'drafts:delete'
        | 'simulations:run'
        | 'simulations:read'
        | 'simulations:delete'
        | 'exports:read'
        | 'exports:share'
        | 'exports:delete'
        | 'compliance:read'
        | 'compliance:check'
        | 'reviews:read'
        | 'reviews:decide'
        | 'reviews:decide_escalated'
        | 'reviews:appeal'
        | 'policies:write'
        | 'scenarios:read'
        | 'scenarios:write'
        | 'templates:read'
        | 'templates:write'
        | 'networks:read'
        | 'networks:post'
        | 'networks:write'
        | 'campaigns:read'
        | 'campaigns:write'
        | 'campaigns:approve'
        | 'workflows:read'
        | 'workflows:run'
        | 'bots:read'
        | 'bots:write'
        | 'bots:run'
        | 'incidents:read'
        | 'incidents:decide'
        | 'workers:read'
        | 'workers:manage'
        | 'jobs:read'
        | 'jobs:cancel'
        | 'jobs:retry'
        | 'llm:read'
        | 'cassettes:read'
        | 'cassettes:write'
        | 'metrics:read'
        | 'events:read'
        | 'users:read'
        | 'users:write'
        | 'roles:read'
        | 'roles:write'
        | 'keys:read'
        | 'keys:write'
        | 'sessions:read'
        | 'sessions:revoke'
        | 'signing_keys:read'
        | 'signing_keys:rotate'
        | 'audit:read'
      )[];
    };
    RoleList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      roles: components['schemas']['Role'][];
      permissions: (
        | 'populations:create'
        | 'populations:read'
        | 'populations:update'
        | 'populations:delete'
        | 'agents:update'
        | 'drafts:create'
        | 'drafts:read'
        | 'drafts:delete'
        | 'simulations:run'
        | 'simulations:read'
        | 'simulations:delete'
        | 'exports:read'
        | 'exports:share'
        | 'exports:delete'
        | 'compliance:read'
        | 'compliance:check'
        | 'reviews:read'
        | 'reviews:decide'
        | 'reviews:decide_escalated'
        | 'reviews:appeal'
        | 'policies:write'
        | 'scenarios:read'
        | 'scenarios:write'
        | 'templates:read'
        | 'templates:write'
        | 'networks:read'
        | 'networks:post'
        | 'networks:write'
        | 'campaigns:read'
        | 'campaigns:write'
        | 'campaigns:approve'
        | 'workflows:read'
        | 'workflows:run'
        | 'bots:read'
        | 'bots:write'
        | 'bots:run'
        | 'incidents:read'
        | 'incidents:decide'
        | 'workers:read'
        | 'workers:manage'
        | 'jobs:read'
        | 'jobs:cancel'
        | 'jobs:retry'
        | 'llm:read'
        | 'cassettes:read'
        | 'cassettes:write'
        | 'metrics:read'
        | 'events:read'
        | 'users:read'
        | 'users:write'
        | 'roles:read'
        | 'roles:write'
        | 'keys:read'
        | 'keys:write'
        | 'sessions:read'
        | 'sessions:revoke'
        | 'signing_keys:read'
        | 'signing_keys:rotate'
        | 'audit:read'
      )[];
    };
    /** @description Which revision a bot is to run again. */
    RollBackBot: {
      /**
       * @description Which to go back to; null: the last one in good health, or the one before.
       * @default null
       */
      revision?: number | null;
    };
    RotateKey: {
      /**
       * @description How long the old one goes on to hold.
       * @default 0
       * @example 3600
       */
      overlap_seconds?: number;
    };
    RotateSigningKey: {
      /**
       * @description Whether what the older keys signed stops to hold at once: everybody logs in again.
       * @default false
       */
      revoke?: boolean;
    };
    /** @description A place where a rule matched. */
    RuleMatch: {
      /** @example pii */
      policy: string;
      /** @example 1.0.0 */
      policy_version: string;
      /** @example email */
      rule: string;
      /** @example E-mail address */
      title: string;
      /** @enum {string} */
      severity: 'low' | 'medium' | 'high' | 'critical';
      /** @enum {string} */
      action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
      /**
       * @description The field of the subject.
       * @example caption
       */
      field: string;
      /** @description Where the match begins, in UTF-16 units of the field’s text. */
      start: number;
      /** @description Where it ends, exclusive. */
      end: number;
      /**
       * @description What is between.
       * @example ana@example.com
       */
      text: string;
      /** @description What the rule labels the text with, where it does. */
      label?: string;
      /** @description How long the label holds, in seconds; for ever where it is not there. */
      label_expires_in?: number;
    };
    /** @description Another status of a rule. */
    RuleStatusChange: {
      /** @enum {string} */
      status: 'draft' | 'shadow' | 'percentage' | 'live' | 'retired';
      /** @description Of the status percentage: the part of the subjects that the rule acts on. */
      percent?: number;
      /** @description Why it was changed. */
      note?: string;
    };
    /** @description One execution of a scenario. */
    Run: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @example metro_cdmx */
      scenario: string;
      /** @example 1.0.0 */
      scenario_version: string;
      /** @description SHA-256 of the scenario’s meaning. */
      scenario_digest: string;
      /** @example 20241005 */
      seed: string;
      /** @example 120 */
      ticks: number;
      /**
       * @description Completed ticks so far; of a run that is queued, paused, cancelled or failed those of the checkpoint that it goes on from, 0 where it has none.
       * @example 60
       */
      ticks_done: number;
      /** @description Null for a model whose agents are no population. */
      population_id: string | null;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id: string;
      /** @description What the guard said of the scenario’s words and the seed. */
      decision_id: string | null;
      /**
       * @description Of the run’s job, or `paused`, or `waiting` for decisions from outside.
       * @enum {string}
       */
      status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'paused' | 'waiting';
      /** @description The decisions that a `waiting` run waits for; null for any other. */
      waits_for: {
        /** @description From 0. */
        tick: number;
        /** @description For how many agents decisions are missing. */
        agents: number;
        /**
         * Format: date-time
         * @description When the run goes on without them.
         * @example 2026-01-15T10:30:00.000Z
         */
        due_at: string;
      } | null;
      /** @description Fingerprint of every event; null until the run is completed. */
      checksum: string | null;
      /** @description Null until the run is completed. */
      totals: components['schemas']['RunTotals'] | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      completed_at: string | null;
      /** @description Null until the run is completed, and for a model without a feed. */
      measures: components['schemas']['RunMeasures'] | null;
      /** @description Where it parted from another run; null when it parted from none. */
      branch: {
        /** @description Null when that run was deleted. */
        run_id: string | null;
        /** @description The first tick that may be another than in that run. */
        tick: number;
      } | null;
      /** @description Ticks between two checkpoints; null: by the configuration. */
      checkpoint_every: number | null;
      /** @description How it went on last after it was stopped; null when it never was. */
      resumed: {
        /** @description Ticks that were not done again. */
        tick: number;
        /** @description Later checkpoints that could not be used, and why. */
        skipped: {
          tick: number;
          reason: string;
        }[];
      } | null;
      files: {
        /** @example events.parquet */
        name: string;
        media_type: string;
        bytes: string;
        sha256: string;
        /** @description Path of the file. */
        href: string;
      }[];
    };
    /** @description Where two runs part. */
    RunDifference: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      run_id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      other_id: string;
      /** @description Whether every tick is the same in both. */
      same: boolean;
      /**
       * @description What the runs were made from that is not the same.
       * @example [
       *       "seed"
       *     ]
       */
      inputs: string[];
      /**
       * @description The first tick that differs; null when none does.
       * @example 17
       */
      first_tick: number | null;
      /** @description Whether one of the runs ends before that tick. */
      ended: boolean;
      /** @description The metrics of that tick that differ; null where a run has no such tick. */
      metrics: {
        /**
         * @description As in the metrics of a run; what is in `actions` there has that in front.
         * @example actions.reads
         */
        name: string;
        run: number | null;
        other: number | null;
      }[];
      /** @description The first event of that tick that differs, as in `events.jsonl`; null where the event logs do not show it, since there is none, or exposures are left out. */
      event: {
        run: {
          [key: string]: string | number;
        } | null;
        other: {
          [key: string]: string | number;
        } | null;
      } | null;
    };
    RunList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      runs: components['schemas']['RunSummary'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description What is measured of a whole run; docs/guides/metrics.md defines each. */
    RunMeasures: {
      rates: {
        /** @description From 0 to 1. */
        idle_sessions: number;
        /** @description From 0 to 1. */
        silent_agents: number;
        /** @description For each exposure. */
        reactions: number;
        comments: number;
        reposts: number;
        quotes: number;
      };
      reach: {
        /** @description From 0 to 1. */
        agents: number;
        views: components['schemas']['Spread'];
      };
      /** @description Mean entropy of what an agent sees, in nats; null where exposures were not logged. */
      diversity: {
        authors: number;
        topics: number;
      } | null;
      /** @description From 0 to 1. */
      attention_gini: number;
      cascades: {
        count: number;
        size: components['schemas']['Spread'];
        depth: components['schemas']['Spread'];
        breadth: components['schemas']['Spread'];
        virality: components['schemas']['Spread'];
      };
      polarisation: {
        /** @description From -1, closed groups, to 1. */
        follow_ei_index: number;
        follow_modularity: number;
        /** @description From -1, closed groups, to 1. */
        repost_ei_index: number;
        repost_modularity: number;
        /** @description Null where the scenario names no opinion and has none of its own; the topic is null for its own. */
        opinion: {
          topic: string | null;
          variance: number;
          bimodality: number;
        } | null;
      };
      /** @description From 0 to 1; null where exposures were not logged. */
      labelled_prevalence: number | null;
      /** @description From 0 to 1. */
      compliance_ratio: number;
      groups: {
        by: string;
        list: components['schemas']['GroupMeasures'][];
      };
    };
    /** @description What happened in each tick of a completed run. */
    RunMetrics: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      run_id: string;
      tick_minutes: number;
      ticks: components['schemas']['RunTick'][];
    };
    /** @description How a scenario is to be run. Everything has a default. */
    RunRequest: {
      /**
       * @description Steps of simulated time; the scenario’s own number unless given.
       * @example 120
       */
      ticks?: number;
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed?: string;
      /**
       * @description A persisted population instead of the scenario’s own, by id or digest.
       * @example f689656d-465c-40e9-86e3-bd0a9bcb64dd
       */
      population_id?: string;
      /**
       * @description Whether to write what became of each agent (followers, posts, exposures, interactions) into its state, under `simulation`.
       * @example true
       */
      agent_states?: boolean;
      /** @description The text of the file that a graph of the model `imported` names: an edge list (CSV with the columns source, target and perhaps weight), GraphML or GEXF. */
      network?: string;
      /**
       * @description Ticks between two checkpoints; 0 makes none. Without it, by the configuration and as far as they cost little. The result does not depend on it.
       * @example 25
       */
      checkpoint_every?: number;
    };
    /** @description A run as lists show it; the run itself names its files. */
    RunSummary: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @example metro_cdmx */
      scenario: string;
      /** @example 1.0.0 */
      scenario_version: string;
      /** @description SHA-256 of the scenario’s meaning. */
      scenario_digest: string;
      /** @example 20241005 */
      seed: string;
      /** @example 120 */
      ticks: number;
      /**
       * @description Completed ticks so far; of a run that is queued, paused, cancelled or failed those of the checkpoint that it goes on from, 0 where it has none.
       * @example 60
       */
      ticks_done: number;
      /** @description Null for a model whose agents are no population. */
      population_id: string | null;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      job_id: string;
      /** @description What the guard said of the scenario’s words and the seed. */
      decision_id: string | null;
      /**
       * @description Of the run’s job, or `paused`, or `waiting` for decisions from outside.
       * @enum {string}
       */
      status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'paused' | 'waiting';
      /** @description The decisions that a `waiting` run waits for; null for any other. */
      waits_for: {
        /** @description From 0. */
        tick: number;
        /** @description For how many agents decisions are missing. */
        agents: number;
        /**
         * Format: date-time
         * @description When the run goes on without them.
         * @example 2026-01-15T10:30:00.000Z
         */
        due_at: string;
      } | null;
      /** @description Fingerprint of every event; null until the run is completed. */
      checksum: string | null;
      /** @description Null until the run is completed. */
      totals: components['schemas']['RunTotals'] | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      completed_at: string | null;
    };
    RunTick: {
      tick: number;
      active: number;
      idle: number;
      posts: number;
      exposures: number;
      reactions: number;
      comments: number;
      replies: number;
      reposts: number;
      mean_depth: number;
      reached: number;
      acted: number;
      /**
       * @description Further counts: quotes, follows, unfollows, mutes, blocks, reports, dismissals, reads, leaves, returns, and what interventions did; null for runs from before there were any.
       * @example {
       *       "quotes": 2,
       *       "follows": 5
       *     }
       */
      actions: {
        [key: string]: number;
      } | null;
      /** @description Over the tick’s events and the digest of the tick before; null for runs from before there were any. */
      digest: string | null;
      /** @description Share of all agents that have done nothing up to the end of the tick. */
      silent: number | null;
      /** @description Of the authors of what was shown in the tick, in nats. */
      author_entropy: number | null;
      /** @description Of the topics of what was shown in the tick, in nats. */
      topic_entropy: number | null;
      /** @description Over all agents, of how often their posts were shown in the tick. */
      attention_gini: number | null;
      /** @description Share of what was shown in the tick that carries a label. */
      labelled_prevalence: number | null;
      /** @description Share of the posts up to the tick’s end without a label. */
      compliance_ratio: number | null;
      /** @description Of reposts by group, up to the end of the tick. */
      repost_ei_index: number | null;
      /** @description Of reposts by group, up to the end of the tick. */
      repost_modularity: number | null;
      /** @description Its nodes, up to the end of the tick. */
      largest_cascade: number | null;
      /** @description Its steps, up to the end of the tick. */
      deepest_cascade: number | null;
    };
    /** @description Sums over all ticks of a run. */
    RunTotals: {
      /** @description Times that an agent opened the feed. */
      active: number;
      /** @description Of these, times that it only read. */
      idle: number;
      posts: number;
      exposures: number;
      reactions: number;
      /** @description Replies included. */
      comments: number;
      replies: number;
      reposts: number;
      /** @description Different agents that were shown anything. */
      reached: number;
      /** @description Different agents that posted or interacted. */
      acted: number;
    };
    /** @description What to change of the sample agent. */
    SampleAgent: {
      /** @example Ana Example */
      name?: string;
      /** @example MX */
      country?: string;
      /** @example Mexico City */
      city?: string;
      /** @example es-MX */
      locale?: string;
      age?: number;
      /** @enum {string} */
      gender?: 'female' | 'male' | 'non_binary' | 'unspecified';
      interests?: string[];
      bio?: string;
      /** @enum {string} */
      posting_cadence?: 'hourly' | 'daily' | 'weekly' | 'monthly';
      /** @enum {string} */
      tone?: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
    };
    /** @description Something to do, in words or as a command with its arguments. */
    SayCommand: {
      /**
       * @description What is wanted, in words; an answer to a question too.
       * @example list campaigns
       */
      text?: string;
      /**
       * @description Instead of a text: the name of a command.
       * @example campaigns.list
       */
      command?: string;
      /**
       * @default {}
       * @example {}
       */
      arguments?: {
        [key: string]: unknown;
      };
      /**
       * @description Says yes in advance to a command that changes something; a destructive one asks all the same.
       * @default false
       */
      confirmed?: boolean;
      /**
       * Format: uuid
       * @description Goes on with this conversation; a new one unless given.
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      conversation_id?: string;
      /**
       * @description What answers are in until something is said in another language.
       * @example en
       * @enum {string}
       */
      language?: 'en' | 'es';
    };
    /** @description A scenario in full. */
    Scenario: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @description The scenario, defaults filled in. */
      scenario: components['schemas']['ScenarioDefinition'];
      /** @description SHA-256 of its meaning. */
      digest: string;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    ScenarioDefinition:
      | {
          /** @description The name by which the scenario is run; the file is called <id>.yaml. */
          id: string;
          /** @description Semantic version; a change that gives other results raises it. */
          version: string;
          /** @description What lists and reports call it. */
          title: string;
          /** @description What it is for, in a few sentences. */
          description: string;
          /** @description What lists are filtered by, up to 20 words. */
          tags?: string[];
          /** @description Steps of simulated time, 1 to 100,000; a run may ask for another number. */
          ticks: number;
          /**
           * @description People with profiles who post drafts; what a scenario without a model means.
           * @constant
           */
          model?: 'feed';
          /** @description The population that a run without a population of its own is made with; the seed is the run’s. */
          population: {
            /**
             * @description Gender filter; unspecified is a mixture.
             * @enum {string}
             */
            gender: 'female' | 'male' | 'non_binary' | 'unspecified';
            /** @description Number of agents, 1 to 1,000,000. */
            count: number;
            /** @description Country of residence, ISO 3166-1 alpha-2. */
            country: string;
            /** @description City of residence; without it, cities of the country. */
            city?: string;
            /** @description [min, max] in whole years, both included, 13 to 90. */
            age_range?: [number, number];
            /** @description Interests of which every agent has at least one, 1 to 50 texts. */
            interests?: string[];
          };
          /** @description What there is to post. */
          content: {
            /** @description Template that drafts are written from: its current version, or the one after an @. */
            template: string;
            /**
             * @description Drafts that each agent may post, 1 to 20.
             * @default 1
             */
            drafts_per_agent: number;
          };
          /** @description Minutes of simulated time in a tick, 1 to 1,440. */
          tick_minutes: number;
          /**
           * @description Hour of the day at which tick 0 starts, 0 to 23.
           * @default 0
           */
          start_hour: number;
          /**
           * Format: date
           * @description Day on which tick 0 starts, as YYYY-MM-DD; it says which day of the week it is, and what the clocks say.
           * @default 2026-03-02
           */
          start_date: string;
          /** @description IANA time zone in which the start is stated; agents then live by the clocks of their own. Without it, one clock is everybody’s. */
          time_zone?: string;
          /**
           * @description Whether the event log holds every post shown, by far the most frequent event. Metrics count them anyway.
           * @default true
           */
          log_exposures: boolean;
          /**
           * @description Whether the event log tells of every post shown what its score is made of; needs log_exposures.
           * @default false
           */
          log_scores: boolean;
          /** @description Who follows whom. */
          graph:
            | {
                /**
                 * @description Preferential attachment to the alike; what a graph without a model means.
                 * @constant
                 */
                model?: 'homophilous_attachment';
                /**
                 * @description Mean number of accounts an agent follows, 0 to 500.
                 * @default 20
                 */
                mean_follows: number;
                /**
                 * @description Follows that go to the most alike of eight proposals instead of the first. A share, 0 to 1.
                 * @default 0.5
                 */
                homophily: number;
                /**
                 * @description Proposals that copy the target of an earlier follow, so that the popular gain followers. A share, 0 to 1.
                 * @default 0.8
                 */
                hubs: number;
                /**
                 * @description That a follow is returned. A probability, 0 to 1.
                 * @default 0.15
                 */
                reciprocity: number;
                /** @description What a follow is worth at the start: the ceiling times the weighted mean of the parts. Without it, interests. */
                affinity?: {
                  /**
                   * @description Likeness of interests. A weight, 0 to 100.
                   * @default 1
                   */
                  interests: number;
                  /**
                   * @description The same city counts full, the same country half. A weight, 0 to 100.
                   * @default 0
                   */
                  place: number;
                  /**
                   * @description Full for the same age, nothing from 30 years on. A weight, 0 to 100.
                   * @default 0
                   */
                  age: number;
                  /**
                   * @description The same language. A weight, 0 to 100.
                   * @default 0
                   */
                  language: number;
                  /**
                   * @description The weights of an imported network, relative to its largest. A weight, 0 to 100.
                   * @default 0
                   */
                  past: number;
                  /**
                   * @description Affinity of two who are close in every way; interactions may raise it further. A share, 0 to 1.
                   * @default 0.5
                   */
                  ceiling: number;
                  /**
                   * @description Leaves every follow with its affinity before and after the run as a file, affinity.csv or affinity.parquet.
                   * @enum {string}
                   */
                  export?: 'csv' | 'parquet';
                };
              }
            | {
                /**
                 * @description Growth with preferential attachment.
                 * @constant
                 */
                model: 'barabasi_albert';
                /**
                 * @description Links that each newcomer makes, 1 to 100.
                 * @default 10
                 */
                links: number;
                /**
                 * @description That a link is followed from both ends; 1 is the undirected model. A probability, 0 to 1.
                 * @default 1
                 */
                reciprocity: number;
                /** @description What a follow is worth at the start: the ceiling times the weighted mean of the parts. Without it, interests. */
                affinity?: {
                  /**
                   * @description Likeness of interests. A weight, 0 to 100.
                   * @default 1
                   */
                  interests: number;
                  /**
                   * @description The same city counts full, the same country half. A weight, 0 to 100.
                   * @default 0
                   */
                  place: number;
                  /**
                   * @description Full for the same age, nothing from 30 years on. A weight, 0 to 100.
                   * @default 0
                   */
                  age: number;
                  /**
                   * @description The same language. A weight, 0 to 100.
                   * @default 0
                   */
                  language: number;
                  /**
                   * @description The weights of an imported network, relative to its largest. A weight, 0 to 100.
                   * @default 0
                   */
                  past: number;
                  /**
                   * @description Affinity of two who are close in every way; interactions may raise it further. A share, 0 to 1.
                   * @default 0.5
                   */
                  ceiling: number;
                  /**
                   * @description Leaves every follow with its affinity before and after the run as a file, affinity.csv or affinity.parquet.
                   * @enum {string}
                   */
                  export?: 'csv' | 'parquet';
                };
              }
            | {
                /**
                 * @description A ring of neighbours in which some links go anywhere.
                 * @constant
                 */
                model: 'watts_strogatz';
                /**
                 * @description Links of each agent in the ring, an even number, 2 to 500.
                 * @default 20
                 */
                neighbours: number;
                /**
                 * @description That a link is laid anew. A probability, 0 to 1.
                 * @default 0.1
                 */
                rewiring: number;
                /**
                 * @description That a link is followed from both ends; 1 is the undirected model. A probability, 0 to 1.
                 * @default 1
                 */
                reciprocity: number;
                /** @description What a follow is worth at the start: the ceiling times the weighted mean of the parts. Without it, interests. */
                affinity?: {
                  /**
                   * @description Likeness of interests. A weight, 0 to 100.
                   * @default 1
                   */
                  interests: number;
                  /**
                   * @description The same city counts full, the same country half. A weight, 0 to 100.
                   * @default 0
                   */
                  place: number;
                  /**
                   * @description Full for the same age, nothing from 30 years on. A weight, 0 to 100.
                   * @default 0
                   */
                  age: number;
                  /**
                   * @description The same language. A weight, 0 to 100.
                   * @default 0
                   */
                  language: number;
                  /**
                   * @description The weights of an imported network, relative to its largest. A weight, 0 to 100.
                   * @default 0
                   */
                  past: number;
                  /**
                   * @description Affinity of two who are close in every way; interactions may raise it further. A share, 0 to 1.
                   * @default 0.5
                   */
                  ceiling: number;
                  /**
                   * @description Leaves every follow with its affinity before and after the run as a file, affinity.csv or affinity.parquet.
                   * @enum {string}
                   */
                  export?: 'csv' | 'parquet';
                };
              }
            | {
                /**
                 * @description Pure chance: every follow is equally likely.
                 * @constant
                 */
                model: 'erdos_renyi';
                /**
                 * @description Mean number of accounts an agent follows, 0 to 500.
                 * @default 20
                 */
                mean_follows: number;
                /** @description What a follow is worth at the start: the ceiling times the weighted mean of the parts. Without it, interests. */
                affinity?: {
                  /**
                   * @description Likeness of interests. A weight, 0 to 100.
                   * @default 1
                   */
                  interests: number;
                  /**
                   * @description The same city counts full, the same country half. A weight, 0 to 100.
                   * @default 0
                   */
                  place: number;
                  /**
                   * @description Full for the same age, nothing from 30 years on. A weight, 0 to 100.
                   * @default 0
                   */
                  age: number;
                  /**
                   * @description The same language. A weight, 0 to 100.
                   * @default 0
                   */
                  language: number;
                  /**
                   * @description The weights of an imported network, relative to its largest. A weight, 0 to 100.
                   * @default 0
                   */
                  past: number;
                  /**
                   * @description Affinity of two who are close in every way; interactions may raise it further. A share, 0 to 1.
                   * @default 0.5
                   */
                  ceiling: number;
                  /**
                   * @description Leaves every follow with its affinity before and after the run as a file, affinity.csv or affinity.parquet.
                   * @enum {string}
                   */
                  export?: 'csv' | 'parquet';
                };
              }
            | {
                /**
                 * @description Blocks with a density of follows each.
                 * @constant
                 */
                model: 'stochastic_block';
                /** @description Probability that someone of the row’s block follows someone of the column’s; 1 to 50 rows. */
                probabilities: number[][];
                /** @description Sizes of the blocks as shares of all agents, in the agents’ order; this or by. */
                shares?: number[];
                /** @description Agents with the same value are a block, the largest first, the rest with the last: interest, country, city, language, gender, age, posting_cadence, tone or an attribute of the population file; this or shares. */
                by?: string;
                /** @description What a follow is worth at the start: the ceiling times the weighted mean of the parts. Without it, interests. */
                affinity?: {
                  /**
                   * @description Likeness of interests. A weight, 0 to 100.
                   * @default 1
                   */
                  interests: number;
                  /**
                   * @description The same city counts full, the same country half. A weight, 0 to 100.
                   * @default 0
                   */
                  place: number;
                  /**
                   * @description Full for the same age, nothing from 30 years on. A weight, 0 to 100.
                   * @default 0
                   */
                  age: number;
                  /**
                   * @description The same language. A weight, 0 to 100.
                   * @default 0
                   */
                  language: number;
                  /**
                   * @description The weights of an imported network, relative to its largest. A weight, 0 to 100.
                   * @default 0
                   */
                  past: number;
                  /**
                   * @description Affinity of two who are close in every way; interactions may raise it further. A share, 0 to 1.
                   * @default 0.5
                   */
                  ceiling: number;
                  /**
                   * @description Leaves every follow with its affinity before and after the run as a file, affinity.csv or affinity.parquet.
                   * @enum {string}
                   */
                  export?: 'csv' | 'parquet';
                };
              }
            | {
                /**
                 * @description Links at random, of which everyone has as many as it is to have.
                 * @constant
                 */
                model: 'configuration';
                /** @description Links of each agent; where there are more agents, they take the numbers in turn. */
                degrees: number[];
                /**
                 * @description That a link is followed from both ends; 1 is the undirected model. A probability, 0 to 1.
                 * @default 1
                 */
                reciprocity: number;
                /** @description What a follow is worth at the start: the ceiling times the weighted mean of the parts. Without it, interests. */
                affinity?: {
                  /**
                   * @description Likeness of interests. A weight, 0 to 100.
                   * @default 1
                   */
                  interests: number;
                  /**
                   * @description The same city counts full, the same country half. A weight, 0 to 100.
                   * @default 0
                   */
                  place: number;
                  /**
                   * @description Full for the same age, nothing from 30 years on. A weight, 0 to 100.
                   * @default 0
                   */
                  age: number;
                  /**
                   * @description The same language. A weight, 0 to 100.
                   * @default 0
                   */
                  language: number;
                  /**
                   * @description The weights of an imported network, relative to its largest. A weight, 0 to 100.
                   * @default 0
                   */
                  past: number;
                  /**
                   * @description Affinity of two who are close in every way; interactions may raise it further. A share, 0 to 1.
                   * @default 0.5
                   */
                  ceiling: number;
                  /**
                   * @description Leaves every follow with its affinity before and after the run as a file, affinity.csv or affinity.parquet.
                   * @enum {string}
                   */
                  export?: 'csv' | 'parquet';
                };
              }
            | {
                /**
                 * @description A network of a file, which is sent with each run.
                 * @constant
                 */
                model: 'imported';
                /** @description Name of the file: an edge list (.csv), GraphML (.graphml) or GEXF (.gexf). */
                file: string;
                /** @description What a follow is worth at the start: the ceiling times the weighted mean of the parts. Without it, interests. */
                affinity?: {
                  /**
                   * @description Likeness of interests. A weight, 0 to 100.
                   * @default 1
                   */
                  interests: number;
                  /**
                   * @description The same city counts full, the same country half. A weight, 0 to 100.
                   * @default 0
                   */
                  place: number;
                  /**
                   * @description Full for the same age, nothing from 30 years on. A weight, 0 to 100.
                   * @default 0
                   */
                  age: number;
                  /**
                   * @description The same language. A weight, 0 to 100.
                   * @default 0
                   */
                  language: number;
                  /**
                   * @description The weights of an imported network, relative to its largest. A weight, 0 to 100.
                   * @default 0
                   */
                  past: number;
                  /**
                   * @description Affinity of two who are close in every way; interactions may raise it further. A share, 0 to 1.
                   * @default 0.5
                   */
                  ceiling: number;
                  /**
                   * @description Leaves every follow with its affinity before and after the run as a file, affinity.csv or affinity.parquet.
                   * @enum {string}
                   */
                  export?: 'csv' | 'parquet';
                };
              };
          /** @description What a session is shown. */
          feed: {
            /**
             * @description Posts shown in a session, 1 to 100.
             * @default 12
             */
            size: number;
            /**
             * @description Age in ticks after which a post is no longer shown, 1 to 10,000.
             * @default 72
             */
            window_ticks: number;
            /**
             * @description Candidates that a session draws from the whole network, followed or not, 0 to 200.
             * @default 2
             */
            discovery: number;
            /**
             * @description Ticks after which the recency part of a score has halved, 0.1 to 100,000.
             * @default 18
             */
            half_life_ticks: number;
            /** @description Weights of the parts of the affinity feed’s score; every part is between 0 and 1. */
            weights: {
              /**
               * @description Affinity to the author or reposter. A weight, 0 to 100.
               * @default 1
               */
              affinity: number;
              /**
               * @description Likeness of the post’s topic and the reader’s interests. A weight, 0 to 100.
               * @default 1
               */
              interest: number;
              /**
               * @description Newness. A weight, 0 to 100.
               * @default 1
               */
              recency: number;
              /**
               * @description What other readers did with the post. A weight, 0 to 100.
               * @default 0.6
               */
              popularity: number;
            };
            /**
             * @description What orders a session’s candidates.
             * @default {
             *       "kind": "affinity"
             *     }
             */
            ranking:
              | {
                  /**
                   * @description Ties, shared interests, newness and popularity, by `weights`.
                   * @constant
                   */
                  kind: 'affinity';
                }
              | {
                  /**
                   * @description Newest first.
                   * @constant
                   */
                  kind: 'chronological';
                }
              | {
                  /**
                   * @description The hot score: points on a logarithmic scale, and newness.
                   * @constant
                   */
                  kind: 'popularity';
                }
              | {
                  /**
                   * @description What the reader is predicted to do with a post.
                   * @constant
                   */
                  kind: 'engagement';
                  /**
                   * @description A predicted reaction. A weight, 0 to 100.
                   * @default 0.5
                   */
                  reaction: number;
                  /**
                   * @description A predicted comment. A weight, 0 to 100.
                   * @default 13.5
                   */
                  comment: number;
                  /**
                   * @description A predicted repost. A weight, 0 to 100.
                   * @default 1
                   */
                  repost: number;
                  /**
                   * @description What full likeness is predicted to add. In log-odds, -20 to 20.
                   * @default 1.5
                   */
                  interest_pull: number;
                  /**
                   * @description What full affinity is predicted to add. In log-odds, -20 to 20.
                   * @default 1.5
                   */
                  affinity_pull: number;
                }
              | {
                  /**
                   * @description What users like the reader did something with.
                   * @constant
                   */
                  kind: 'collaborative';
                  /**
                   * @description The reader’s own likeness to the topic beside that. A share, 0 to 1.
                   * @default 0.25
                   */
                  own: number;
                }
              | {
                  /**
                   * @description What every community of interest approves of: the least of their rates of approval.
                   * @constant
                   */
                  kind: 'bridging';
                }
              | {
                  /**
                   * @description In an order drawn for each session.
                   * @constant
                   */
                  kind: 'random';
                }
              | {
                  /**
                   * @description By an expression of your own.
                   * @constant
                   */
                  kind: 'expression';
                  /** @description CEL over the signals of a candidate, see docs/guides/simulate.md; its number is the score. */
                  expression: string;
                };
            /** @description What is shown that comes from outside the network, as far as there is as much; without it, the score alone decides. A share, 0 to 1. */
            outside?: number;
          };
          /** @description What people do with what they are shown. */
          behaviour: {
            /**
             * @description Mean sessions a day of an agent that posts daily, 0 to 200; other cadences scale with it.
             * @default 6
             */
            sessions_per_day: number;
            /**
             * @description That a session is only reading. A probability, 0 to 1.
             * @default 0.4
             */
            lurking: number;
            /**
             * @description To react to a neutral post of a stranger. A probability, 0 to 1.
             * @default 0.02
             */
            reaction: number;
            /**
             * @description To comment on a neutral post of a stranger. A probability, 0 to 1.
             * @default 0.004
             */
            comment: number;
            /**
             * @description To repost a neutral post of a stranger. A probability, 0 to 1.
             * @default 0.004
             */
            repost: number;
            /**
             * @description Added to every act when the topic matches the reader’s interests. In log-odds, -20 to 20.
             * @default 1.5
             */
            interest_pull: number;
            /**
             * @description Added to every act at full affinity to the author or reposter. In log-odds, -20 to 20.
             * @default 1.5
             */
            affinity_pull: number;
            /**
             * @description Between the poorest and the best text. In log-odds, -20 to 20.
             * @default 1
             */
            quality_pull: number;
            /**
             * @description Comments that answer another comment, when there are any. A share, 0 to 1.
             * @default 0.4
             */
            reply_share: number;
            /**
             * @description To answer the latest comment addressed to oneself. A probability, 0 to 1.
             * @default 0.35
             */
            answering: number;
            /**
             * @description Of the way to 1 that an interaction moves an edge; 0 keeps affinities as they are. A share, 0 to 1.
             * @default 0.1
             */
            affinity_gain: number;
            /**
             * @description Of an edge’s affinity that being ignored takes away. A share, 0 to 1.
             * @default 0.005
             */
            affinity_decay: number;
            /**
             * @description Factor on activity for each hour of the day from 0:00, 24 numbers of 0 to 10.
             * @default [
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1
             *     ]
             */
            rhythm: number[];
            /**
             * @description Factor on activity for each day of the week from Monday, 7 numbers of 0 to 10.
             * @default [
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1,
             *       1
             *     ]
             */
            week: number[];
            /** @description Further acts on a neutral post of a stranger. What appeals is quoted and followed more, and refused less, in the same log-odds. */
            acts: {
              /**
               * @description To pass a post on with words of one’s own. A probability, 0 to 1.
               * @default 0
               */
              quote: number;
              /**
               * @description To follow the author of a post from outside the network, or of a repost. A probability, 0 to 1.
               * @default 0
               */
              follow: number;
              /**
               * @description To unfollow its author. A probability, 0 to 1.
               * @default 0
               */
              unfollow: number;
              /**
               * @description To see nothing of its author any longer. A probability, 0 to 1.
               * @default 0
               */
              mute: number;
              /**
               * @description To cut every tie with its author, both ways. A probability, 0 to 1.
               * @default 0
               */
              block: number;
              /**
               * @description To report it. A probability, 0 to 1.
               * @default 0
               */
              report: number;
              /**
               * @description To want less like it. A probability, 0 to 1.
               * @default 0
               */
              dismiss: number;
            };
            /** @description How reactions, comments, reposts and new followers make agents come back. */
            bursts: {
              /**
               * @description What one notification adds to the factor on an agent’s activity, 0 to 50; all together add 50 at most.
               * @default 0
               */
              gain: number;
              /**
               * @description Time after which what was added has halved. In ticks, 0.1 to 100,000.
               * @default 6
               */
              half_life_ticks: number;
            };
            /** @description How agents leave and return. */
            churn: {
              /**
               * @description To leave the network after a session that was only reading. A probability, 0 to 1.
               * @default 0
               */
              leaving: number;
              /**
               * @description To come back, for each tick away. A probability, 0 to 1.
               * @default 0
               */
              returning: number;
            };
          };
          /** @description What is said: whether it is true, how moving and how new it is. */
          information: {
            /**
             * @description Of the drafts whose content is false, drawn by the seed. A share, 0 to 1.
             * @default 0
             */
            false_share: number;
            /**
             * @description Between the calmest and the most moving text. In log-odds.
             * @default 0
             */
            emotion_pull: number;
            /**
             * @description Between what is known and what is new. In log-odds.
             * @default 0
             */
            novelty_pull: number;
            /**
             * @description Of the way to full emotion that false content is ahead of true content. A share, 0 to 1.
             * @default 0.3
             */
            false_emotion: number;
            /**
             * @description Of the way to full novelty that false content is ahead of true content. A share, 0 to 1.
             * @default 0.3
             */
            false_novelty: number;
          };
          /**
           * @description What people think about one question, from -1 to 1, and how reading changes it.
           * @default {
           *       "rule": "none",
           *       "start": "uniform",
           *       "pull": 0
           *     }
           */
          opinions:
            | {
                /**
                 * @description Opinions stay as they are.
                 * @constant
                 */
                rule: 'none';
                /**
                 * @description How opinions begin: spread evenly, around the middle, or in two camps.
                 * @default uniform
                 * @enum {string}
                 */
                start: 'uniform' | 'centred' | 'polarised';
                /**
                 * @description Between a post that stands where the reader does and one at the other end. In log-odds, 0 to 20.
                 * @default 0
                 */
                pull: number;
              }
            | {
                /**
                 * @description Who is near enough is drawn nearer (Deffuant and others, 2000).
                 * @constant
                 */
                rule: 'bounded_confidence';
                /**
                 * @description How opinions begin: spread evenly, around the middle, or in two camps.
                 * @default uniform
                 * @enum {string}
                 */
                start: 'uniform' | 'centred' | 'polarised';
                /**
                 * @description Between a post that stands where the reader does and one at the other end. In log-odds, 0 to 20.
                 * @default 0
                 */
                pull: number;
                /**
                 * @description The largest difference that is listened to, 0 to 2.
                 * @default 0.5
                 */
                confidence: number;
                /**
                 * @description Of the difference that is given up. A share, 0 to 1.
                 * @default 0.1
                 */
                rate: number;
              }
            | {
                /**
                 * @description Evidence counts by how it fits (Dandekar and others, 2013).
                 * @constant
                 */
                rule: 'biased_assimilation';
                /**
                 * @description How opinions begin: spread evenly, around the middle, or in two camps.
                 * @default uniform
                 * @enum {string}
                 */
                start: 'uniform' | 'centred' | 'polarised';
                /**
                 * @description Between a post that stands where the reader does and one at the other end. In log-odds, 0 to 20.
                 * @default 0
                 */
                pull: number;
                /**
                 * @description 0: none; 1 and above: polarising.
                 * @default 1
                 */
                bias: number;
                /**
                 * @description Of one’s own opinion, against 1 for what is read.
                 * @default 20
                 */
                weight: number;
              };
          /**
           * @description What is done to the network during the run, at most 50; in a tick they act in this order.
           * @default []
           */
          interventions: (
            | {
                /**
                 * @description Marks posts as doubtful.
                 * @constant
                 */
                kind: 'label';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /** @description The posts it is about. */
                content: {
                  /**
                   * @description Whether it is about what is false, what is true, or both; see `information`.
                   * @default false
                   * @enum {string}
                   */
                  veracity: 'false' | 'true' | 'any';
                  /** @description Only posts with one of these hashtags, or by authors with one of these interests. */
                  topics?: string[];
                };
                /**
                 * @description To find a post that it is about. A probability, 0 to 1.
                 * @default 1
                 */
                sensitivity: number;
                /**
                 * @description To take another post for one. A probability, 0 to 1.
                 * @default 0
                 */
                false_positives: number;
                /**
                 * @description Ticks from a post to the moment it is found, 0 to 100,000.
                 * @default 0
                 */
                delay: number;
                /**
                 * @description By which readers pass posts on less. In log-odds, 0 to 20.
                 * @default 0.7
                 */
                discourages: number;
              }
            | {
                /**
                 * @description Corrects posts.
                 * @constant
                 */
                kind: 'fact_check';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /** @description The posts it is about. */
                content: {
                  /**
                   * @description Whether it is about what is false, what is true, or both; see `information`.
                   * @default false
                   * @enum {string}
                   */
                  veracity: 'false' | 'true' | 'any';
                  /** @description Only posts with one of these hashtags, or by authors with one of these interests. */
                  topics?: string[];
                };
                /**
                 * @description To find a post that it is about. A probability, 0 to 1.
                 * @default 1
                 */
                sensitivity: number;
                /**
                 * @description To take another post for one. A probability, 0 to 1.
                 * @default 0
                 */
                false_positives: number;
                /**
                 * @description Ticks from a post to the moment it is found, 0 to 100,000.
                 * @default 0
                 */
                delay: number;
                /**
                 * @description By which readers pass posts on less. In log-odds, 0 to 20.
                 * @default 0.7
                 */
                discourages: number;
                /**
                 * @description Of their pull on opinions that they lose. A share, 0 to 1.
                 * @default 0.5
                 */
                unconvinces: number;
              }
            | {
                /**
                 * @description Leaves posts out of feeds.
                 * @constant
                 */
                kind: 'downrank';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /** @description The posts it is about. */
                content: {
                  /**
                   * @description Whether it is about what is false, what is true, or both; see `information`.
                   * @default false
                   * @enum {string}
                   */
                  veracity: 'false' | 'true' | 'any';
                  /** @description Only posts with one of these hashtags, or by authors with one of these interests. */
                  topics?: string[];
                };
                /**
                 * @description To find a post that it is about. A probability, 0 to 1.
                 * @default 1
                 */
                sensitivity: number;
                /**
                 * @description To take another post for one. A probability, 0 to 1.
                 * @default 0
                 */
                false_positives: number;
                /**
                 * @description Ticks from a post to the moment it is found, 0 to 100,000.
                 * @default 0
                 */
                delay: number;
                /**
                 * @description Of the sessions that would show them. A share, 0 to 1.
                 * @default 0.5
                 */
                share: number;
              }
            | {
                /**
                 * @description Takes posts away.
                 * @constant
                 */
                kind: 'removal';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /** @description The posts it is about. */
                content: {
                  /**
                   * @description Whether it is about what is false, what is true, or both; see `information`.
                   * @default false
                   * @enum {string}
                   */
                  veracity: 'false' | 'true' | 'any';
                  /** @description Only posts with one of these hashtags, or by authors with one of these interests. */
                  topics?: string[];
                };
                /**
                 * @description To find a post that it is about. A probability, 0 to 1.
                 * @default 1
                 */
                sensitivity: number;
                /**
                 * @description To take another post for one. A probability, 0 to 1.
                 * @default 0
                 */
                false_positives: number;
                /**
                 * @description Ticks from a post to the moment it is found, 0 to 100,000.
                 * @default 0
                 */
                delay: number;
                /**
                 * @description Posts an author may lose before being suspended; 0: never is.
                 * @default 0
                 */
                strikes: number;
                /**
                 * @description Ticks that a suspension takes, 0 to 100,000.
                 * @default 144
                 */
                suspension: number;
              }
            | {
                /**
                 * @description Asks readers whether they mean to pass a post on.
                 * @constant
                 */
                kind: 'friction';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /** @description The posts it is about. */
                content: {
                  /**
                   * @description Whether it is about what is false, what is true, or both; see `information`.
                   * @default false
                   * @enum {string}
                   */
                  veracity: 'false' | 'true' | 'any';
                  /** @description Only posts with one of these hashtags, or by authors with one of these interests. */
                  topics?: string[];
                };
                /**
                 * @description Of them who then do not. A share, 0 to 1.
                 * @default 0.3
                 */
                share: number;
              }
            | {
                /**
                 * @description Lets posts be passed on no further.
                 * @constant
                 */
                kind: 'depth_limit';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /** @description Steps from the original, 0 to 1,000; 0 allows no reposts. */
                depth: number;
              }
            | {
                /**
                 * @description Warns people beforehand.
                 * @constant
                 */
                kind: 'prebunk';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /** @description The posts it is about. */
                content: {
                  /**
                   * @description Whether it is about what is false, what is true, or both; see `information`.
                   * @default false
                   * @enum {string}
                   */
                  veracity: 'false' | 'true' | 'any';
                  /** @description Only posts with one of these hashtags, or by authors with one of these interests. */
                  topics?: string[];
                };
                /** @description The people it is about. */
                people: {
                  /**
                   * @description Of the people described here, drawn by the seed. A share, 0 to 1.
                   * @default 1
                   */
                  share: number;
                  /** @description Only people with one of these interests. */
                  interests?: string[];
                };
                /**
                 * @description By which readers pass posts on less. In log-odds, 0 to 20.
                 * @default 0.7
                 */
                discourages: number;
                /**
                 * @description Time after which half of the warning is forgotten. In ticks, 0.1 to 100,000.
                 * @default 1000
                 */
                half_life_ticks: number;
              }
            | {
                /**
                 * @description Suspends people from start to end.
                 * @constant
                 */
                kind: 'suspension';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /** @description The people it is about. */
                people: {
                  /**
                   * @description Of the people described here, drawn by the seed. A share, 0 to 1.
                   * @default 1
                   */
                  share: number;
                  /** @description Only people with one of these interests. */
                  interests?: string[];
                };
              }
            | {
                /**
                 * @description Shows people another feed.
                 * @constant
                 */
                kind: 'feed_change';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /** @description The people it is about. */
                people: {
                  /**
                   * @description Of the people described here, drawn by the seed. A share, 0 to 1.
                   * @default 1
                   */
                  share: number;
                  /** @description Only people with one of these interests. */
                  interests?: string[];
                };
                /** @description What orders a session’s candidates. */
                ranking:
                  | {
                      /**
                       * @description Ties, shared interests, newness and popularity, by `weights`.
                       * @constant
                       */
                      kind: 'affinity';
                    }
                  | {
                      /**
                       * @description Newest first.
                       * @constant
                       */
                      kind: 'chronological';
                    }
                  | {
                      /**
                       * @description The hot score: points on a logarithmic scale, and newness.
                       * @constant
                       */
                      kind: 'popularity';
                    }
                  | {
                      /**
                       * @description What the reader is predicted to do with a post.
                       * @constant
                       */
                      kind: 'engagement';
                      /**
                       * @description A predicted reaction. A weight, 0 to 100.
                       * @default 0.5
                       */
                      reaction: number;
                      /**
                       * @description A predicted comment. A weight, 0 to 100.
                       * @default 13.5
                       */
                      comment: number;
                      /**
                       * @description A predicted repost. A weight, 0 to 100.
                       * @default 1
                       */
                      repost: number;
                      /**
                       * @description What full likeness is predicted to add. In log-odds, -20 to 20.
                       * @default 1.5
                       */
                      interest_pull: number;
                      /**
                       * @description What full affinity is predicted to add. In log-odds, -20 to 20.
                       * @default 1.5
                       */
                      affinity_pull: number;
                    }
                  | {
                      /**
                       * @description What users like the reader did something with.
                       * @constant
                       */
                      kind: 'collaborative';
                      /**
                       * @description The reader’s own likeness to the topic beside that. A share, 0 to 1.
                       * @default 0.25
                       */
                      own: number;
                    }
                  | {
                      /**
                       * @description What every community of interest approves of: the least of their rates of approval.
                       * @constant
                       */
                      kind: 'bridging';
                    }
                  | {
                      /**
                       * @description In an order drawn for each session.
                       * @constant
                       */
                      kind: 'random';
                    }
                  | {
                      /**
                       * @description By an expression of your own.
                       * @constant
                       */
                      kind: 'expression';
                      /** @description CEL over the signals of a candidate, see docs/guides/simulate.md; its number is the score. */
                      expression: string;
                    };
              }
            | {
                /**
                 * @description Makes people post at the start what they have drafted.
                 * @constant
                 */
                kind: 'seeding';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description The posts it is about. */
                content: {
                  /**
                   * @description Whether it is about what is false, what is true, or both; see `information`.
                   * @default false
                   * @enum {string}
                   */
                  veracity: 'false' | 'true' | 'any';
                  /** @description Only posts with one of these hashtags, or by authors with one of these interests. */
                  topics?: string[];
                };
                /** @description The people it is about. */
                people: {
                  /**
                   * @description Of the people described here, drawn by the seed. A share, 0 to 1.
                   * @default 1
                   */
                  share: number;
                  /** @description Only people with one of these interests. */
                  interests?: string[];
                };
                /** @description How many post, one draft each, as far as there are as many; 1 to 100,000. */
                posts: number;
                /**
                 * @description The most followed of them, or whoever is drawn.
                 * @default chance
                 * @enum {string}
                 */
                by: 'followers' | 'chance';
              }
            | {
                /**
                 * @description People who act as one; the report names them, for the detection to be judged.
                 * @constant
                 */
                kind: 'coordination';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /** @description The people it is about. */
                people: {
                  /**
                   * @description Of the people described here, drawn by the seed. A share, 0 to 1.
                   * @default 1
                   */
                  share: number;
                  /** @description Only people with one of these interests. */
                  interests?: string[];
                };
                /**
                 * @description On each other’s posts. In log-odds, 0 to 20.
                 * @default 3
                 */
                pull: number;
              }
            | {
                /**
                 * @description Reviews what is reported, and what the guard would hold back, which then is posted too; what breaks the rules is what it would block or escalate.
                 * @constant
                 */
                kind: 'moderation';
                /**
                 * @description Tick from which it acts, 0 to 100,000.
                 * @default 0
                 */
                start: number;
                /** @description Tick before which it ends; without it, it does not end. 0 to 100,000. */
                end?: number;
                /**
                 * @description To find a post that it is about. A probability, 0 to 1.
                 * @default 1
                 */
                sensitivity: number;
                /**
                 * @description To take another post for one. A probability, 0 to 1.
                 * @default 0
                 */
                false_positives: number;
                /**
                 * @description Ticks that a post waits at least, 0 to 100,000.
                 * @default 6
                 */
                delay: number;
                /**
                 * @description Reports after which a post is reviewed, 1 to 100,000.
                 * @default 3
                 */
                reports: number;
                /**
                 * @description Posts reviewed a tick, 0 to 1,000,000.
                 * @default 10
                 */
                capacity: number;
                /**
                 * @description Posts an author may lose before being suspended; 0: never is.
                 * @default 0
                 */
                strikes: number;
                /**
                 * @description Ticks that a suspension takes, 0 to 100,000.
                 * @default 144
                 */
                suspension: number;
              }
          )[];
          /** @description Who decides for which people; the first that somebody belongs to counts, and rules decide for all others. */
          deciders?: (
            | {
                /**
                 * @description The rules of `behaviour`.
                 * @constant
                 */
                kind: 'rules';
                /** @description The people it is about. */
                people: {
                  /**
                   * @description Of the people described here, drawn by the seed. A share, 0 to 1.
                   * @default 1
                   */
                  share: number;
                  /** @description Only people with one of these interests. */
                  interests?: string[];
                };
              }
            | {
                /**
                 * @description What people did in another run of the same population.
                 * @constant
                 */
                kind: 'replay';
                /** @description The people it is about. */
                people: {
                  /**
                   * @description Of the people described here, drawn by the seed. A share, 0 to 1.
                   * @default 1
                   */
                  share: number;
                  /** @description Only people with one of these interests. */
                  interests?: string[];
                };
                /**
                 * Format: uuid
                 * @description A completed run whose event log has its exposures; what its people did is done again.
                 */
                run: string;
              }
            | {
                /**
                 * @description Whoever hands in decisions over the API; the run waits for them.
                 * @constant
                 */
                kind: 'external';
                /** @description The people it is about. */
                people: {
                  /**
                   * @description Of the people described here, drawn by the seed. A share, 0 to 1.
                   * @default 1
                   */
                  share: number;
                  /** @description Only people with one of these interests. */
                  interests?: string[];
                };
                /**
                 * @description They are decided for in every so manieth tick, from tick 0 on; in those between they do nothing.
                 * @default 1
                 */
                every: number;
                /**
                 * @description How long a tick waits for decisions, 1 second to 30 days. Of several groups that are waited for, the longest counts.
                 * @default 3600
                 */
                deadline_seconds: number;
                /**
                 * @description What becomes of a decision that is missing: the rules decide, or nothing is done.
                 * @default nothing
                 * @enum {string}
                 */
                missing: 'rules' | 'nothing';
                /**
                 * Format: uuid
                 * @description A run whose kept decisions are taken instead: nobody is asked.
                 */
                repeats?: string;
              }
            | {
                /**
                 * @description A language model, some people at once; its answers are kept in a cassette.
                 * @constant
                 */
                kind: 'llm';
                /** @description The people it is about. */
                people: {
                  /**
                   * @description Of the people described here, drawn by the seed. A share, 0 to 1.
                   * @default 1
                   */
                  share: number;
                  /** @description Only people with one of these interests. */
                  interests?: string[];
                };
                /**
                 * @description They are decided for in every so manieth tick, from tick 0 on; in those between they do nothing.
                 * @default 1
                 */
                every: number;
                /**
                 * @description People whom a question is about; 1 to 20.
                 * @default 5
                 */
                batch: number;
                /**
                 * @description A run with more of these people than so many is refused; 1 to 1,000.
                 * @default 50
                 */
                most_people: number;
                /**
                 * @description Questions of a whole run; when they are used up, decisions are missing.
                 * @default 5000
                 */
                budget_calls: number;
                /** @description Where answers are kept; one of its own for each scenario and seed unless it is named. */
                cassette?: string;
                /**
                 * @description auto: what the cassette has, and for the rest the model; record: the model; replay: the cassette alone. Default auto, unless another is configured.
                 * @enum {string}
                 */
                cassette_mode?: 'auto' | 'record' | 'replay';
                /**
                 * @description What becomes of a decision that is missing: the rules decide, or nothing is done.
                 * @default nothing
                 * @enum {string}
                 */
                missing: 'rules' | 'nothing';
                /**
                 * Format: uuid
                 * @description A run whose kept decisions are taken instead: nobody is asked.
                 */
                repeats?: string;
              }
          )[];
          /** @description What runs are measured by, beside what they always are; see docs/guides/metrics.md. */
          measures?: {
            /**
             * @description What agents are grouped by, the eight largest groups by name: interest, country, city, language, gender, age, posting_cadence, tone or an attribute of the population file.
             * @default interest
             */
            group_by: string;
            /** @description Topic of the population file’s opinions whose variance and bimodality are measured. */
            opinion?: string;
          };
        }
      | {
          /** @description The name by which the scenario is run; the file is called <id>.yaml. */
          id: string;
          /** @description Semantic version; a change that gives other results raises it. */
          version: string;
          /** @description What lists and reports call it. */
          title: string;
          /** @description What it is for, in a few sentences. */
          description: string;
          /** @description What lists are filtered by, up to 20 words. */
          tags?: string[];
          /** @description Steps of simulated time, 1 to 100,000; a run may ask for another number. */
          ticks: number;
          /**
           * @description The benchmark model FeedSim, whose agents are only numbers.
           * @constant
           */
          model: 'feedsim';
          /** @description Number of agents, 1 to 10,000,000. */
          agents: number;
          /**
           * @description What a tick is taken for, in minutes; the model itself knows no hours.
           * @default 10
           */
          tick_minutes: number;
        };
    /** @description One version of a scenario, in full. */
    ScenarioDocument: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @example street_art_campaign */
      name: string;
      /** @example 1.0.0 */
      version: string;
      /** @description SHA-256 of everything in it that can change a result. */
      sha256: string;
      /**
       * @description Given by a person, or coming with the product.
       * @enum {string}
       */
      origin: 'stored' | 'shipped';
      note: string | null;
      created_by: string | null;
      /** @description Null where it comes with the product. */
      created_at: string | null;
      retired_at: string | null;
      /** @example Street art on the Mexico City metro */
      title: string;
      description: string;
      tags: string[];
      /**
       * @description Null where nothing is written.
       * @example street_art_campaign
       */
      template: string | null;
      /**
       * @description Of its own population; null where it has no people.
       * @example MX
       */
      country: string | null;
      /** @description Agents of its own population. */
      agents: number;
      ticks: number;
      /** @description Minutes of simulated time in a tick. */
      tick_minutes: number;
      /** @description The YAML text as it was given. */
      content: string;
      /** @description The scenario, defaults filled in. */
      scenario: components['schemas']['ScenarioDefinition'];
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    /** @description A scenario as lists show it. */
    ScenarioEntry: {
      /** @example street_art_campaign */
      name: string;
      /** @example 1.0.0 */
      version: string;
      /** @description SHA-256 of everything in it that can change a result. */
      sha256: string;
      /**
       * @description Given by a person, or coming with the product.
       * @enum {string}
       */
      origin: 'stored' | 'shipped';
      note: string | null;
      created_by: string | null;
      /** @description Null where it comes with the product. */
      created_at: string | null;
      retired_at: string | null;
      /** @example Street art on the Mexico City metro */
      title: string;
      description: string;
      tags: string[];
      /**
       * @description Null where nothing is written.
       * @example street_art_campaign
       */
      template: string | null;
      /**
       * @description Of its own population; null where it has no people.
       * @example MX
       */
      country: string | null;
      /** @description Agents of its own population. */
      agents: number;
      ticks: number;
      /** @description Minutes of simulated time in a tick. */
      tick_minutes: number;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    ScenarioPage: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      scenarios: components['schemas']['ScenarioEntry'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    ScenarioSummaries: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      scenarios: components['schemas']['ScenarioSummary'][];
    };
    /** @description A scenario as lists show it. */
    ScenarioSummary: {
      /** @example metro_cdmx */
      id: string;
      /** @example 1.0.0 */
      version: string;
      title: string;
      description: string;
      ticks: number;
      /** @description Minutes of simulated time in a tick. */
      tick_minutes: number;
      /** @description Agents of its own population. */
      agents: number;
      /**
       * @description Null where nothing is written.
       * @example street_art_campaign
       */
      template: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    ScenarioVersionPage: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      versions: components['schemas']['ScenarioEntry'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description Something that a bot is to do. */
    SendBotCommand: {
      /**
       * @description What it is to do; each blueprint knows its own.
       * @example echo
       */
      name: string;
      /**
       * @description As the command wants them.
       * @default {}
       * @example {
       *       "text": "hello"
       *     }
       */
      arguments?: {
        [key: string]: unknown;
      };
      /**
       * @description Which instance is to do it; null: whichever asks first.
       * @default null
       * @example null
       */
      ordinal?: number | null;
    };
    Session: {
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      user_id: string;
      /** @example grace */
      username: string;
      /**
       * @description Where the log-in came from.
       * @example 192.0.2.7
       */
      address: string | null;
      user_agent: string | null;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When tokens were last refreshed.
       * @example 2026-01-15T10:30:00.000Z
       */
      last_used_at: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      expires_at: string;
      revoked_at: string | null;
      /** @description `owner`: its user ended it from another session; `reuse`: a refresh token was used twice. */
      revoked_for: ('logout' | 'owner' | 'reuse' | 'password' | 'totp' | 'admin') | null;
      /** @description Whether this is the session that asks. */
      current: boolean;
    };
    /** @description How agents behave in their sessions. */
    SessionBehaviour: {
      /**
       * @description Of a hundred sessions so many look and do nothing.
       * @default 33
       */
      lurk_percent?: number;
      /**
       * @description The most that is looked at.
       * @default 20
       */
      posts?: number;
      /**
       * @description The most that is done.
       * @default 5
       */
      acts?: number;
      /**
       * @description Of a hundred posts that are seen.
       * @default 12
       */
      favourite_percent?: number;
      /**
       * @description Of a hundred posts that are seen.
       * @default 3
       */
      boost_percent?: number;
      /**
       * @description Of a hundred posts that are seen.
       * @default 3
       */
      reply_percent?: number;
      /**
       * @description Of a hundred posts that are seen.
       * @default 5
       */
      follow_percent?: number;
    };
    SessionList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      sessions: components['schemas']['Session'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description When some agents are on line in a span of time. */
    SessionPlan: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @enum {string} */
      state: 'running' | 'paused' | 'completed' | 'cancelled';
      /** @description Null where agents were named. */
      population_id: string | null;
      /** @example main */
      network: string;
      /** @example 20241005 */
      seed: string;
      /**
       * Format: date-time
       * @description In the time of the agents.
       * @example 2026-01-15T10:30:00.000Z
       */
      starts_at: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      ends_at: string;
      /**
       * Format: date-time
       * @description When `starts_at` is by the clock of the server.
       * @example 2026-01-15T10:30:00.000Z
       */
      begun_at: string;
      /** @example 1 */
      speed: number;
      /**
       * @description How many sessions there are.
       * @example 42
       */
      planned: number;
      /**
       * @example {
       *       "lurk_percent": 33
       *     }
       */
      behaviour: {
        [key: string]: number;
      };
      /** @example 50 */
      acts_per_day: number;
      /** @example thread_reply@1.0.0 */
      reply_template: string | null;
      /** @example admin */
      planned_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      finished_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    SessionPlanList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      plans: components['schemas']['SessionPlan'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    SigningKey: {
      /** @description Tokens name it in their header. */
      kid: string;
      /** @example RS256 */
      algorithm: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /** @description Signs nothing new since then. */
      retired_at: string | null;
      /** @description What it signed does not hold since then. */
      revoked_at: string | null;
    };
    SigningKeyList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      signing_keys: components['schemas']['SigningKey'][];
    };
    /** @description Mean, median, 90th percentile and largest. */
    Spread: {
      mean: number;
      median: number;
      p90: number;
      max: number;
    };
    /** @description Which workflow, with what it works on. */
    StartWorkflow:
      | {
          /** @constant */
          workflow: 'onboarding';
          input: {
            /** @description What a new population is made from. */
            specification?: {
              /**
               * @description Filters gender; `unspecified` filters nothing and gives a mixed population.
               * @example female
               * @enum {string}
               */
              gender: 'female' | 'male' | 'non_binary' | 'unspecified';
              /**
               * @description How many agents.
               * @example 1000
               */
              count: number;
              /**
               * @description ISO 3166-1 alpha-2.
               * @example MX
               */
              country: string;
              /**
               * @description A city of the country; without it, its cities by their populations.
               * @example Mexico City
               */
              city?: string;
              /**
               * @description Youngest and oldest, both included, in years.
               * @example [
               *       18,
               *       25
               *     ]
               */
              age_range?: [number, number];
              /**
               * @description At the core of every agent’s interests; up to 60 characters each.
               * @example [
               *       "street art",
               *       "urban culture"
               *     ]
               */
              interests?: string[];
              /**
               * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
               * @example 20241005
               */
              seed: string;
            };
            /**
             * @description Or a population that is persisted, by its id, digest or name.
             * @example f689656d-465c-40e9-86e3-bd0a9bcb64dd
             */
            population?: string;
            /**
             * @description The network that it is for.
             * @default main
             * @example main
             */
            network?: string;
          };
        }
      | {
          /** @constant */
          workflow: 'content_publication';
          input: {
            /**
             * @description `name` or `name@version`.
             * @example street_art_campaign
             */
            template: string;
            /**
             * Format: uuid
             * @description Who writes.
             * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
             */
            agent?: string;
            /**
             * @description Or whose agents write.
             * @example f689656d-465c-40e9-86e3-bd0a9bcb64dd
             */
            population?: string;
            /**
             * @description Which of them.
             * @default {}
             */
            audience?: {
              /**
               * @description ISO 3166-1 alpha-2.
               * @example MX
               */
              country?: string;
              /**
               * @description In upper or lower case.
               * @example Mexico City
               */
              city?: string;
              /** @enum {string} */
              gender?: 'female' | 'male' | 'non_binary' | 'unspecified';
              /**
               * @description Years, included.
               * @example 18
               */
              age_min?: number;
              /**
               * @description Years, included.
               * @example 25
               */
              age_max?: number;
              /**
               * @description One of their interests.
               * @example street art
               */
              interest?: string;
              /** @enum {string} */
              posting_cadence?: 'hourly' | 'daily' | 'weekly' | 'monthly';
              /** @enum {string} */
              tone?: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
              /**
               * @description A part of the name or of the username.
               * @example luna
               */
              q?: string;
            };
            /**
             * @description At most so many of them, the first by their ids.
             * @default 20
             */
            most?: number;
            /** @description Of the drafts; one of the workflow’s own where it is not said. */
            seed?: string;
            /** @default sandbox */
            adapter?: string;
            /** @default null */
            destination?: string | null;
            /**
             * @description How many people have to approve each, after the guard.
             * @default 0
             */
            approvals?: 0 | 1 | 2;
            /**
             * @description How long it may take from the decision to the network.
             * @default 1440
             */
            grace_minutes?: number;
          };
        }
      | {
          /** @constant */
          workflow: 'moderation_escalation';
          input: {
            /**
             * Format: uuid
             * @description The decision that waits for people.
             * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
             */
            decision: string;
            /**
             * @description Seconds from the start; half of the time until its review is due where it is not said.
             * @example 3600
             */
            remind_after?: number;
            /**
             * @description Seconds from the start; when its review is due where it is not said.
             * @example 7200
             */
            escalate_after?: number;
            /**
             * @description Seconds from the start; as long again after the escalation where it is not said. Needs `reviews:decide_escalated`.
             * @example 86400
             */
            expire_after?: number;
          };
        }
      | {
          /** @constant */
          workflow: 'lifecycle';
          input: {
            /**
             * Format: uuid
             * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
             */
            agent: string;
            /**
             * @description `activate` reinstates a suspended agent.
             * @enum {string}
             */
            act: 'activate' | 'suspend' | 'retire';
            /**
             * @description Needed to suspend and to retire.
             * @example posts the same too often
             */
            reason?: string;
            /** @description Only with `activate`. */
            monitor?: {
              /**
               * @description How long it is watched.
               * @example 86400
               */
              seconds: number;
              /**
               * @description How often; each time is a job, so at least 5 seconds apart.
               * @default 60
               */
              every_seconds?: number;
              /**
               * @description With so many texts blocked since its activation it is suspended.
               * @default 3
               */
              most_blocked?: number;
            };
          };
        };
    /** @description One version of a template, in full. */
    Template: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @example street_art_campaign */
      name: string;
      /** @example 1.0.0 */
      version: string;
      /** @description SHA-256 of everything in it that can change a result. */
      sha256: string;
      /**
       * @description Given by a person, or coming with the product.
       * @enum {string}
       */
      origin: 'stored' | 'shipped';
      note: string | null;
      created_by: string | null;
      /** @description Null where it comes with the product. */
      created_at: string | null;
      retired_at: string | null;
      /**
       * @description `draft`: chosen only by its version. `active`: the highest active version is the current one. `archived`: retired.
       * @enum {string}
       */
      status: 'draft' | 'active' | 'archived';
      /** @example Street art campaign */
      title: string;
      description: string;
      tags: string[];
      languages: ('en' | 'es')[];
      /**
       * @example es
       * @enum {string}
       */
      default_language: 'en' | 'es';
      /**
       * @example [
       *       "agent.city"
       *     ]
       */
      variables: string[];
      /** @description The YAML text as it was given. */
      content: string;
      template: components['schemas']['TemplateDefinition'];
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    TemplateActivation: {
      /**
       * @description The draft.
       * @example 1.1.0
       */
      version: string;
      /** @description Why, for the audit. */
      note?: string;
    };
    /** @description An Azt3kNet content template: a versioned text with variables from which drafts are made. */
    TemplateDefinition: {
      id: string;
      /** @description To be raised with every change that changes a draft. */
      version: number | string;
      title: string;
      description: string;
      /** @description What lists are filtered by, up to 20 words. */
      tags?: string[];
      /**
       * @description For agents whose locale is of no language below.
       * @enum {string}
       */
      default_language: 'en' | 'es';
      /** @description What the texts read of an agent and of what they are about; nothing else reaches them. */
      variables: (
        | 'agent.name'
        | 'agent.first_name'
        | 'agent.country'
        | 'agent.city'
        | 'agent.age'
        | 'agent.gender'
        | 'agent.interests'
        | 'agent.bio'
        | 'agent.posting_cadence'
        | 'agent.tone'
        | 'interest'
        | 'other_interest'
        | 'topic'
        | 'campaign'
        | 'thread.author'
        | 'thread.topic'
      )[];
      /** @description What a request gives to the texts, which read it as `input.<name>`. */
      inputs?: {
        [key: string]:
          | {
              /** @constant */
              type: 'text';
              max_length?: number;
              default?: string;
              description?: string;
            }
          | {
              /** @constant */
              type: 'integer';
              min?: number;
              max?: number;
              default?: number;
              description?: string;
            }
          | {
              /** @constant */
              type: 'number';
              min?: number;
              max?: number;
              default?: number;
              description?: string;
            }
          | {
              /** @constant */
              type: 'boolean';
              default?: boolean;
              description?: string;
            }
          | {
              /** @constant */
              type: 'choice';
              choices: string[];
              default?: string;
              description?: string;
            }
          | {
              /** @constant */
              type: 'list';
              default?: string[];
              description?: string;
            };
      };
      /** @description The texts, by language. */
      languages: {
        en?: {
          /** @description How interests are called in this language, by their lower-case name in the profile. */
          terms?: {
            [key: string]: string;
          };
          /** @description Named lists of alternatives; a text that reads the name gets the one that the seed drew. */
          phrases?: {
            [key: string]: (
              | string
              | {
                  /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                  text: string;
                  /** @description The tones of voice that may use this text. */
                  tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                }
            )[];
          };
          /** @description One text, or alternatives of which the seed draws one. */
          caption:
            | string
            | (
                | string
                | {
                    /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                    text: string;
                    /** @description The tones of voice that may use this text. */
                    tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                  }
              )[];
          /** @description One text, or alternatives of which the seed draws one. */
          alt_text:
            | string
            | (
                | string
                | {
                    /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                    text: string;
                    /** @description The tones of voice that may use this text. */
                    tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                  }
              )[];
          hashtags: string[];
          /** @description Other captions for the same draft: a list gives one text each in its order; a count draws each from its alternatives, or from those of the caption. */
          variations:
            | (
                | string
                | {
                    /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                    text: string;
                    /** @description The tones of voice that may use this text. */
                    tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                  }
              )[]
            | {
                count: number;
                alternatives?: (
                  | string
                  | {
                      /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                      text: string;
                      /** @description The tones of voice that may use this text. */
                      tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                    }
                )[];
              };
        };
        es?: {
          /** @description How interests are called in this language, by their lower-case name in the profile. */
          terms?: {
            [key: string]: string;
          };
          /** @description Named lists of alternatives; a text that reads the name gets the one that the seed drew. */
          phrases?: {
            [key: string]: (
              | string
              | {
                  /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                  text: string;
                  /** @description The tones of voice that may use this text. */
                  tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                }
            )[];
          };
          /** @description One text, or alternatives of which the seed draws one. */
          caption:
            | string
            | (
                | string
                | {
                    /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                    text: string;
                    /** @description The tones of voice that may use this text. */
                    tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                  }
              )[];
          /** @description One text, or alternatives of which the seed draws one. */
          alt_text:
            | string
            | (
                | string
                | {
                    /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                    text: string;
                    /** @description The tones of voice that may use this text. */
                    tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                  }
              )[];
          hashtags: string[];
          /** @description Other captions for the same draft: a list gives one text each in its order; a count draws each from its alternatives, or from those of the caption. */
          variations:
            | (
                | string
                | {
                    /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                    text: string;
                    /** @description The tones of voice that may use this text. */
                    tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                  }
              )[]
            | {
                count: number;
                alternatives?: (
                  | string
                  | {
                      /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                      text: string;
                      /** @description The tones of voice that may use this text. */
                      tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                    }
                )[];
              };
        };
      };
      /** @description Variants of a language, for agents of exactly that locale. */
      locales?: {
        [key: string]: {
          /** @description How interests are called in this language, by their lower-case name in the profile. */
          terms?: {
            [key: string]: string;
          };
          /** @description Named lists of alternatives; a text that reads the name gets the one that the seed drew. */
          phrases?: {
            [key: string]: (
              | string
              | {
                  /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                  text: string;
                  /** @description The tones of voice that may use this text. */
                  tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                }
            )[];
          };
          /** @description One text, or alternatives of which the seed draws one. */
          caption?:
            | string
            | (
                | string
                | {
                    /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                    text: string;
                    /** @description The tones of voice that may use this text. */
                    tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                  }
              )[];
          /** @description One text, or alternatives of which the seed draws one. */
          alt_text?:
            | string
            | (
                | string
                | {
                    /** @description A Liquid text; it may read the declared variables and the phrases above it. */
                    text: string;
                    /** @description The tones of voice that may use this text. */
                    tones: ('casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative')[];
                  }
              )[];
          hashtags?: string[];
        };
      };
    };
    /** @description What changed between two versions of a template; comments and layout count for nothing. */
    TemplateDiff: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      name: string;
      from: string;
      to: string;
      changes: {
        /** @example languages.es.phrases.scene */
        path: string;
        /** @enum {string} */
        change: 'added' | 'removed' | 'changed' | 'reordered';
        /** @description What was there; null where nothing was. */
        from: unknown;
        /** @description What is there; null where nothing is. */
        to: unknown;
      }[];
    };
    /** @description A template as lists show it. */
    TemplateEntry: {
      /** @example street_art_campaign */
      name: string;
      /** @example 1.0.0 */
      version: string;
      /** @description SHA-256 of everything in it that can change a result. */
      sha256: string;
      /**
       * @description Given by a person, or coming with the product.
       * @enum {string}
       */
      origin: 'stored' | 'shipped';
      note: string | null;
      created_by: string | null;
      /** @description Null where it comes with the product. */
      created_at: string | null;
      retired_at: string | null;
      /**
       * @description `draft`: chosen only by its version. `active`: the highest active version is the current one. `archived`: retired.
       * @enum {string}
       */
      status: 'draft' | 'active' | 'archived';
      /** @example Street art campaign */
      title: string;
      description: string;
      tags: string[];
      languages: ('en' | 'es')[];
      /**
       * @example es
       * @enum {string}
       */
      default_language: 'en' | 'es';
      /**
       * @example [
       *       "agent.city"
       *     ]
       */
      variables: string[];
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    TemplatePage: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      templates: components['schemas']['TemplateEntry'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description A draft that is not kept. */
    TemplatePreview: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      template: string;
      template_version: string;
      sha256: string;
      /**
       * @example es
       * @enum {string}
       */
      language: 'en' | 'es';
      seed: string;
      caption: string;
      alt_text: string;
      hashtags: string[];
      variations: {
        caption: string;
      }[];
      scores: {
        /**
         * @description How well made it is, from 0 to 1.
         * @example 0.83
         */
        quality: number;
        /**
         * @description From -1 (negative) to 1 (positive).
         * @example 0.83
         */
        sentiment: number;
        /**
         * @description How easy it is to read, from 0 to 1.
         * @example 0.83
         */
        readability: number;
        persona_fit: number | null;
        toxicity: number | null;
        originality: number | null;
      };
      /** @description What the guard would say; not kept. */
      decision: {
        /** @enum {string} */
        action: 'allow' | 'label' | 'review' | 'escalate' | 'block';
        checked: boolean;
        compliance_score: number;
        labels: string[];
        matches: components['schemas']['RuleMatch'][];
      };
    };
    TemplateVersionPage: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      versions: components['schemas']['TemplateEntry'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    TokenRequest: {
      /** @enum {string} */
      grant_type: 'client_credentials';
      /** @description Unless it is in `Authorization: Basic …`. */
      client_id?: string;
      client_secret?: string;
      /** @description Permissions with spaces between. */
      scope?: string;
    };
    /** @description The access token goes into `Authorization: Bearer …`, the refresh token to `/auth/refresh` only. */
    Tokens: {
      access_token: string;
      /** @description Holds once: using it gives the next one. */
      refresh_token: string;
      /** @constant */
      token_type: 'Bearer';
      /**
       * @description Life of the access token, in seconds.
       * @example 1800
       */
      expires_in: number;
    };
    TotpCode: {
      /**
       * @description What the authenticator shows.
       * @example 492039
       */
      code: string;
    };
    TotpSecret: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * @description Base32, for typing.
       * @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
       */
      secret: string;
      /**
       * @description For a QR code.
       * @example otpauth://totp/Azt3kNet:grace?…
       */
      uri: string;
    };
    /** @description What of a bot is different. Another configuration takes a new process, and so does naming the blueprint, which pins it as it is now. */
    UpdateBot: {
      /**
       * @description What people call it.
       * @example Analytics Bot
       */
      name?: string;
      /** @example Data analysis and reporting */
      description?: string;
      /**
       * @description The program that it runs: a path below `blueprints/`.
       * @example bots/analytics_bot.py
       */
      blueprint?: string;
      /**
       * @description What it is for, in one word.
       * @example analyzer
       */
      role?: string;
      /**
       * @description As the schema of the blueprint wants it.
       * @example {}
       */
      configuration?: {
        [key: string]: unknown;
      };
      /** @description What self-healing does with it: observe, propose or act; null: as the installation says. */
      healing?: ('observe' | 'propose' | 'act') | null;
      /**
       * @description Whether it is left as it is for maintenance: neither reconciled nor healed.
       * @example false
       */
      paused?: boolean;
      /**
       * @description Times at which it is started and stopped.
       * @example null
       */
      schedule?: {
        /**
         * @description Five fields of cron, or six with seconds first; null: not by itself.
         * @default null
         * @example 0 8 * * 1-5
         */
        start?: string | null;
        /**
         * @description Five fields of cron, or six with seconds first; null: not by itself.
         * @default null
         * @example 0 18 * * 1-5
         */
        stop?: string | null;
        /**
         * @description That the fields are read in.
         * @default UTC
         * @example Europe/Madrid
         */
        timezone?: string;
      } | null;
      /**
       * @description How many processes of it run at once.
       * @example 1
       */
      replicas?: number;
    };
    /** @description What of a campaign is different; only drafts can be changed. */
    UpdateCampaign: {
      /**
       * @description What people call it.
       * @example spring-murals
       */
      name?: string;
      /**
       * @description The id of a population, the SHA-256 of its specification, or its name.
       * @example f689656d-465c-40e9-86e3-bd0a9bcb64dd
       */
      population?: string;
      /**
       * @description Which agents of the population; without conditions all.
       * @example {
       *       "age_min": 18
       *     }
       */
      audience?: {
        /**
         * @description ISO 3166-1 alpha-2.
         * @example MX
         */
        country?: string;
        /**
         * @description In upper or lower case.
         * @example Mexico City
         */
        city?: string;
        /** @enum {string} */
        gender?: 'female' | 'male' | 'non_binary' | 'unspecified';
        /**
         * @description Years, included.
         * @example 18
         */
        age_min?: number;
        /**
         * @description Years, included.
         * @example 25
         */
        age_max?: number;
        /**
         * @description One of their interests.
         * @example street art
         */
        interest?: string;
        /** @enum {string} */
        posting_cadence?: 'hourly' | 'daily' | 'weekly' | 'monthly';
        /** @enum {string} */
        tone?: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
        /**
         * @description A part of the name or of the username.
         * @example luna
         */
        q?: string;
      };
      /**
       * @description Templates, as `name` or `name@version`.
       * @example [
       *       "street_art_campaign"
       *     ]
       */
      templates?: string[];
      /**
       * @description Which platform.
       * @example sandbox
       */
      adapter?: string;
      /**
       * @description Where there, such as a network; null: its usual place.
       * @example main
       */
      destination?: string | null;
      /**
       * @description The same seed gives the same result; without it the configured or a new one, which the answer tells.
       * @example 20241005
       */
      seed?: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      starts_at?: string;
      /**
       * Format: date-time
       * @example 2026-02-15T10:30:00.000Z
       */
      ends_at?: string;
      /** @description When nothing is published, by the clocks of each agent; null: never quiet. */
      quiet_hours?: {
        /** @example 22:30 */
        from: string;
        /** @example 07:00 */
        to: string;
      } | null;
      /**
       * @description How busy each hour of an agent’s day is, from 0 to 100; null: the usual day.
       * @example [
       *       0,
       *       0,
       *       0,
       *       0,
       *       0,
       *       0,
       *       2,
       *       5,
       *       8,
       *       8,
       *       8,
       *       9,
       *       12,
       *       12,
       *       9,
       *       8,
       *       8,
       *       9,
       *       12,
       *       14,
       *       15,
       *       12,
       *       6,
       *       2
       *     ]
       */
      rhythm?: number[] | null;
      caps?: components['schemas']['CampaignCaps'];
      approval?: components['schemas']['CampaignApproval'];
      /**
       * @description How late a publication may be before it expires.
       * @example 1440
       */
      grace_minutes?: number;
    };
    /** @description What is wanted of a queue from now on; what is left out stays. */
    UpdateQueue: {
      paused?: boolean;
      /** @description Jobs of a queue that a worker does at once, at most; null: as it was started. */
      concurrency?: number | null;
      /** @description What self-healing does with it: observe, propose or act; null: as the installation says. */
      healing?: ('observe' | 'propose' | 'act') | null;
    };
    UpdateUser: {
      /** @example viewer */
      role?: string;
      active?: boolean;
    };
    /** @description What is wanted of a worker from now on; what is left out stays. */
    UpdateWorker: {
      /** @enum {string} */
      desired_state?: 'running' | 'drained';
      /** @description Jobs of a queue that a worker does at once, at most; null: as it was started. */
      desired_concurrency?: number | null;
      /** @description What self-healing does with it: observe, propose or act; null: as the installation says. */
      healing?: ('observe' | 'propose' | 'act') | null;
    };
    User: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @example grace */
      username: string;
      /**
       * @description A person logs in; a service account has keys.
       * @enum {string}
       */
      kind: 'person' | 'service';
      /** @example viewer */
      role: string;
      /** @description False: may do nothing. */
      active: boolean;
      must_change_password: boolean;
      /** @description Whether log-ins need a code. */
      has_totp: boolean;
      last_login_at: string | null;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
    };
    UserList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      users: components['schemas']['User'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description How far the cascades of a run are from real ones, beside null models. */
    Validation: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      run_id: string;
      scenario: string;
      seed: string;
      /**
       * @description Simulated minutes of the run. What real cascades do later than that, those of the run cannot do.
       * @example 5040
       */
      run_minutes: number;
      reference: {
        id: string;
        version: string;
        title: string;
        /**
         * @description Whether real trees were given, or only aggregates are known.
         * @enum {string}
         */
        kind: 'aggregates' | 'trees';
        cascades: number;
      };
      selection: {
        min_size: number;
        cascades: number;
        posts: number;
      };
      figures: {
        /** @enum {string} */
        measure: 'size' | 'depth' | 'breadth' | 'virality';
        /** @enum {string} */
        statistic: 'median' | 'p90';
        simulated: number;
        reference: number;
        /** @description ln(simulated / reference). */
        log_ratio: number | null;
      }[];
      timing: {
        points: {
          minutes: number;
          simulated: number;
          reference: number;
        }[];
        /** @description Root mean square of the differences at the points. */
        error: number | null;
        baselines: {
          name: string;
          error: number;
        }[];
      };
      /** @description Null without trees. */
      distributions:
        | {
            /** @enum {string} */
            measure: 'size' | 'depth' | 'breadth' | 'virality';
            ks: number;
            wasserstein: number;
          }[]
        | null;
      /** @description Normalised RMSE over the first 150 minutes; null without trees. */
      curves:
        | {
            /** @enum {string} */
            measure: 'scale' | 'depth' | 'breadth';
            error: {
              mean: number;
              median: number;
            };
          }[]
        | null;
      baselines: {
        /** @enum {string} */
        source: 'computed' | 'published';
        list: {
          name: string;
          scale: number;
          depth: number;
          breadth: number;
        }[];
        best_published_scale: number;
      };
      attention: {
        idle_sessions: number | null;
        reference: number;
      };
    };
    /** @description What a run is held against. Everything has a default. */
    ValidationRequest: {
      /**
       * @description Cascades with fewer nodes are left out, also of the trees.
       * @default 2
       * @example 2
       */
      min_size?: number;
      /** @description Real cascades as CSV with the columns cascade, node, parent (empty for the root), minute and perhaps user. Up to 10000 cascades. Without them, the aggregates that come with the product. */
      trees?: string;
    };
    /** @description A process that does jobs. */
    Worker: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /** @example laptop-4711-9f3a */
      worker_id: string;
      /** @example laptop */
      host: string;
      /** @example 4711 */
      pid: number;
      queues: ('population' | 'content' | 'simulation')[];
      /** @description Jobs of each queue at once, as it was started. */
      concurrency: number;
      /**
       * @description What is wanted of it.
       * @enum {string}
       */
      desired_state: 'running' | 'drained';
      /** @description Jobs of a queue that a worker does at once, at most; null: as it was started. */
      desired_concurrency: number | null;
      /** @description What self-healing does with it: observe, propose or act; null: as the installation says. */
      healing: ('observe' | 'propose' | 'act') | null;
      /** @description Who has last said what it is to do: a user name, or `self-healing`. */
      changed_by: string | null;
      /**
       * @description What is seen of it; draining: it finishes its last jobs; silent: it lives and does not say so; gone: its process has ended.
       * @enum {string}
       */
      status: 'running' | 'draining' | 'drained' | 'silent' | 'gone';
      /** @description Jobs that it has in hand, as the database knows. */
      running_jobs: number;
      /** @example 180.5 */
      memory_usage_mb: number;
      /** @example 2048 */
      memory_limit_mb: number;
      /**
       * @description The longest of its last second.
       * @example 22.4
       */
      event_loop_lag_ms: number;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      started_at: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      last_heartbeat: string;
    };
    WorkerList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      workers: components['schemas']['Worker'][];
    };
    /** @description A workflow with its steps. */
    Workflow: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @enum {string} */
      workflow: 'onboarding' | 'content_publication' | 'moderation_escalation' | 'lifecycle' | 'session';
      /** @enum {string} */
      state: 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled';
      /**
       * @description Which it is at, or ended at.
       * @example review
       */
      step: string;
      /** @description What it is about, where that has one at a time. */
      subject_id: string | null;
      /** @description Why it ended as it did, where that is not as asked for. */
      reason: string | null;
      /**
       * @description Or who retried it last.
       * @example admin
       */
      started_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      updated_at: string;
      finished_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
      /**
       * @example {
       *       "template": "street_art_campaign"
       *     }
       */
      input: {
        [key: string]: unknown;
      };
      /** @description While it waits: what it goes on with, whichever comes first. */
      waits_for: {
        kind: ('job' | 'decision' | 'publication') | null;
        id: string | null;
        until: string | null;
      } | null;
      steps: components['schemas']['WorkflowStep'][];
    };
    WorkflowList: {
      /**
       * @description Everything here is synthetic.
       * @constant
       */
      synthetic: true;
      workflows: components['schemas']['WorkflowSummary'][];
      /** @description Give this as `cursor` for the next page; null on the last one. */
      next_cursor: string | null;
    };
    /** @description A step of a workflow. */
    WorkflowStep: {
      /** @example draft */
      name: string;
      /** @enum {string} */
      state: 'pending' | 'running' | 'waiting' | 'completed' | 'failed' | 'skipped';
      /**
       * @description How often it was begun.
       * @example 1
       */
      attempts: number;
      /**
       * @description What it made.
       * @example {
       *       "drafts": 3
       *     }
       */
      output: {
        [key: string]: unknown;
      } | null;
      started_at: string | null;
      finished_at: string | null;
    };
    /** @description Named steps, one after the other. */
    WorkflowSummary: {
      /**
       * Format: uuid
       * @example 0b7f7a52-8f0c-4c1f-9f39-0c2f3d9d2a11
       */
      id: string;
      /** @enum {string} */
      workflow: 'onboarding' | 'content_publication' | 'moderation_escalation' | 'lifecycle' | 'session';
      /** @enum {string} */
      state: 'running' | 'waiting' | 'completed' | 'failed' | 'cancelled';
      /**
       * @description Which it is at, or ended at.
       * @example review
       */
      step: string;
      /** @description What it is about, where that has one at a time. */
      subject_id: string | null;
      /** @description Why it ended as it did, where that is not as asked for. */
      reason: string | null;
      /**
       * @description Or who retried it last.
       * @example admin
       */
      started_by: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      created_at: string;
      /**
       * Format: date-time
       * @example 2026-01-15T10:30:00.000Z
       */
      updated_at: string;
      finished_at: string | null;
      /**
       * @description Paths of what belongs to this.
       * @example {
       *       "self": "/api/v1/…"
       *     }
       */
      links: {
        [key: string]: string;
      };
    };
    WriteAgentState: {
      /**
       * @description Whatever describes the agent: an object of at most 65536 bytes as JSON.
       * @example {
       *       "mood": "curious",
       *       "followers": 31,
       *       "opinions": {
       *         "street_art": 0.8
       *       }
       *     }
       */
      state: {
        [key: string]: unknown;
      };
    };
  };
  responses: {
    /** @description Too many requests in too short a time. `RateLimit` and `RateLimit-Policy` come with other answers too. */
    RateLimited: {
      headers: {
        /** @description The limits that the request counts for: their requests `q` in a window of `w` seconds. */
        'RateLimit-Policy'?: string;
        /** @description What is left of them: `r` requests, until they are full again in `t` seconds. */
        RateLimit?: string;
        /** @description Seconds until the request may be sent again. */
        'Retry-After'?: number;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  Events_events: {
    parameters: {
      query: {
        /** @description What to listen to, with commas between: one topic, or all below a root. */
        topics: string[];
        /** @description Tell first what happened after this position; without it, from now on. */
        after?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Audit_list: {
    parameters: {
      query?: {
        /** @description This action, or all of a kind. */
        action?: string;
        /** @description What this user did. */
        actor?: string;
        /** @description What was done to things of this kind. */
        subject_type?: string;
        /** @description What was done to the one with this id. */
        subject_id?: string;
        /** @description From this moment on. */
        occurred_after?: string;
        /** @description Before this moment. */
        occurred_before?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'sequence' | '-sequence';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Llm_status: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LlmStatus'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Llm_list: {
    parameters: {
      query?: {
        /** @description A part of the name. */
        name?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'name' | '-name';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CassetteList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Llm_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Cassette'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Llm_download: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Llm_import: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ImportCassetteEntries'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportedCassetteEntries'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Login_login: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Login'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tokens'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Login_refresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Tokens'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Login_logout: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Login_logoutEverywhere: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndedSessions'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Account_me: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CurrentUser'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Account_changePassword: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePassword'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Account_mySessions: {
    parameters: {
      query?: {
        /** @description Only those that still hold, or only the others. */
        active?: boolean;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'last_used_at' | '-last_used_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Account_endSession: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Account_beginTotp: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CurrentPassword'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TotpSecret'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Account_confirmTotp: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TotpCode'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Account_removeTotp: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RemoveTotp'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Users_list: {
    parameters: {
      query?: {
        /** @description A part of the name. */
        username?: string;
        kind?: 'person' | 'service';
        role?: string;
        active?: boolean;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'username' | '-username';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Users_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateUser'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Users_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Users_update: {
    parameters: {
      query?: never;
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateUser'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['User'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Users_resetPassword: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResetPassword'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Users_resetTotp: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Users_endSessions: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndedSessions'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Roles_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RoleList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Roles_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Role'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Roles_put: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PutRole'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Role'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Roles_delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Sessions_list: {
    parameters: {
      query?: {
        user_id?: string;
        /** @description Only those that still hold, or only the others. */
        active?: boolean;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'last_used_at' | '-last_used_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Sessions_revoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApiKeys_list: {
    parameters: {
      query?: {
        user_id?: string;
        kind?: 'key' | 'client_secret';
        /** @description Only those that still hold, or only the others. */
        active?: boolean;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'name' | '-name';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['KeyList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApiKeys_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateKey'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuedKey'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApiKeys_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Key'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApiKeys_revoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ApiKeys_rotate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RotateKey'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuedKey'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SigningKeys_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SigningKeyList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SigningKeys_rotate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RotateSigningKey'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SigningKey'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SigningKeys_revoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        kid: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Jwks_jwks: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Jwks'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  OAuth_token: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['TokenRequest'];
        'application/x-www-form-urlencoded': components['schemas']['TokenRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GrantedToken'];
        };
      };
      /** @description Bad Request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
        };
      };
      /** @description Unauthorized */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OAuthError'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Jobs_list: {
    parameters: {
      query?: {
        /** @description One or more, with commas between them. */
        status?: ('queued' | 'running' | 'completed' | 'failed' | 'cancelled')[];
        /** @description Only those that failed as often as they may, or only the others. */
        dead_letter?: boolean;
        queue?: 'population' | 'content' | 'simulation';
        name?:
          | 'population.generate'
          | 'content.draft'
          | 'content.export'
          | 'simulation.run'
          | 'simulation.calibrate'
          | 'experiment.start'
          | 'network.populate'
          | 'network.project'
          | 'workflow.step'
          | 'bot.act';
        /** @description The id of the user who asked, or `me`. */
        created_by?: 'me' | string;
        /** @description The job that they follow. */
        after?: string;
        /** @description From this moment on. */
        created_after?: string;
        /** @description Before this moment. */
        created_before?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JobList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Jobs_cancelMany: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['JobCancellation'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CancelledJobs'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Jobs_redrive: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['JobRedrive'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RedrivenJobs'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Jobs_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Jobs_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Jobs_retry: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Job'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Workers_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkerList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Workers_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['UpdateWorker'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Worker'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Queues_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QueueList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Queues_update: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        queue: 'population' | 'content' | 'simulation';
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['UpdateQueue'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Queue'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Incidents_list: {
    parameters: {
      query?: {
        subject?: 'bot' | 'worker' | 'queue' | 'dependency';
        subject_id?: string;
        status?:
          'observed' | 'proposed' | 'approved' | 'acting' | 'succeeded' | 'failed' | 'dismissed' | 'passed';
        symptom?:
          | 'exited'
          | 'crash_loop'
          | 'not_startable'
          | 'heartbeat_missed'
          | 'stuck'
          | 'memory_high'
          | 'memory_leak'
          | 'cpu_high'
          | 'error_rate'
          | 'event_loop_lag'
          | 'log_flood'
          | 'anomalous'
          | 'failing'
          | 'queue_age'
          | 'no_worker'
          | 'dead_letters'
          | 'paused'
          | 'reduced'
          | 'unavailable';
        /** @description The order; a minus before the field: descending. */
        sort?: 'opened_at' | '-opened_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IncidentList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Incidents_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Incident'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Incidents_approve: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Incident'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Incidents_dismiss: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Incident'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Playbooks_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlaybookList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Exports_list: {
    parameters: {
      query?: {
        population_id?: string;
        draft_batch_id?: string;
        format?: 'json' | 'jsonl' | 'csv' | 'parquet';
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'bytes' | '-bytes';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Exports_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Export'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Exports_delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Exports_download: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'application/x-ndjson': string;
          'text/csv': string;
        };
      };
      /** @description Partial Content */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'application/x-ndjson': string;
          'text/csv': string;
        };
      };
      /** @description Not Modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Exports_manifest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Exports_link: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CreateExportLink'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportLink'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Exports_shared: {
    parameters: {
      query: {
        /** @description Seconds since 1970. */
        expires: number;
        signature: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'application/x-ndjson': string;
          'text/csv': string;
        };
      };
      /** @description Partial Content */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'application/x-ndjson': string;
          'text/csv': string;
        };
      };
      /** @description Not Modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Compliance_list: {
    parameters: {
      query?: {
        subject_type?: 'draft' | 'population' | 'scenario';
        subject_id?: string;
        /** @description The agent whose text was decided on. */
        agent_id?: string;
        /** @description What the texts were written for. */
        campaign_id?: string;
        action?: 'allow' | 'label' | 'review' | 'escalate' | 'block';
        label?: string;
        /** @description A policy of which a rule matched. */
        policy?: string;
        /** @description A rule that matched; of the policy, where that is given. */
        rule?: string;
        /** @description From this moment on. */
        decided_after?: string;
        /** @description Before this moment. */
        decided_before?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'decided_at' | '-decided_at' | 'compliance_score' | '-compliance_score';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DecisionList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Compliance_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Decision'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Policies_list: {
    parameters: {
      query?: {
        /** @description A part of the name. */
        name?: string;
        /** @description One of its tags. */
        tag?: string;
        language?: string;
        /** @description What one of its rules labels a text with. */
        label?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'name' | '-name' | 'title' | '-title' | 'created_at' | '-created_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyPage'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Policies_add: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Policy'];
        };
      };
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Policy'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Policies_get: {
    parameters: {
      query?: {
        /** @description This version, retired or not. */
        version?: string;
        /** @description The version whose SHA-256 begins so, as drafts and runs record it. */
        sha256?: string;
      };
      header?: never;
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Policy'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Policies_replace: {
    parameters: {
      query?: never;
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Policy'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Policies_retire: {
    parameters: {
      query?: {
        /** @description This version alone; without it, all that were given. */
        version?: string;
      };
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Policies_versions: {
    parameters: {
      query?: {
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyVersionPage'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Policies_check: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CheckedPolicy'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Policies_rollBack: {
    parameters: {
      query?: never;
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PolicyRollback'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Policy'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Policies_setRuleStatus: {
    parameters: {
      query?: never;
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        name: string;
        rule: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RuleStatusChange'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Policy'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Checks_check: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ComplianceCheckRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ComplianceCheck'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Backtests_run: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BacktestRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Backtest'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Statistics_get: {
    parameters: {
      query?: {
        subject_type?: 'draft' | 'population' | 'scenario';
        subject_id?: string;
        /** @description The agent whose texts were decided on. */
        agent_id?: string;
        /** @description What the texts were written for. */
        campaign_id?: string;
        /** @description A policy of which a rule matched. */
        policy?: string;
        /** @description A rule that matched; of the policy, where that is given. */
        rule?: string;
        /** @description From this moment on. */
        decided_after?: string;
        /** @description Before this moment. */
        decided_before?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ComplianceStatistics'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reviews_list: {
    parameters: {
      query?: {
        status?: 'open' | 'second_opinion' | 'disputed' | 'closed';
        severity?: 'low' | 'medium' | 'high' | 'critical';
        /** @description Whether they are for those who have more say. */
        escalated?: boolean;
        /** @description Whether they should have been closed by now. */
        overdue?: boolean;
        /** @description true: only those that you have claimed. */
        mine?: boolean;
        subject_type?: 'draft' | 'population' | 'scenario';
        /** @description The order; a minus before the field: descending. */
        sort?: 'due_at' | '-due_at' | 'created_at' | '-created_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReviewPage'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reviews_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Review'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reviews_claimNext: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ReviewClaim'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Review'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reviews_claim: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Review'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reviews_giveBack: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reviews_decide: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReviewOpinion'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Review'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reviews_escalate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReviewEscalation'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Review'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reviews_appeal: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReviewAppeal'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Review'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Agents_populate: {
    parameters: {
      query?: {
        /** @description Makes a file of all agents; the same as `export` in the body. */
        export?: 'json' | 'jsonl' | 'csv' | 'parquet';
      };
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PopulationRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PopulationAnswer'];
        };
      };
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PopulationAnswer'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Agents_provision: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AgentsProvisioning'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PopulationAnswer'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Agents_list: {
    parameters: {
      query?: {
        population?: string;
        country?: string;
        city?: string;
        gender?: 'female' | 'male' | 'non_binary' | 'unspecified';
        /** @description Years, included. */
        age_min?: number;
        /** @description Years, included. */
        age_max?: number;
        /** @description One of their interests. */
        interest?: string;
        posting_cadence?: 'hourly' | 'daily' | 'weekly' | 'monthly';
        tone?: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
        /** @description A part of the name or of the username. */
        q?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'id' | '-id' | 'name' | '-name' | 'username' | '-username' | 'age' | '-age';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AgentList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Agents_ofPopulation: {
    parameters: {
      query?: {
        country?: string;
        city?: string;
        gender?: 'female' | 'male' | 'non_binary' | 'unspecified';
        /** @description Years, included. */
        age_min?: number;
        /** @description Years, included. */
        age_max?: number;
        /** @description One of their interests. */
        interest?: string;
        posting_cadence?: 'hourly' | 'daily' | 'weekly' | 'monthly';
        tone?: 'casual' | 'formal' | 'enthusiastic' | 'sarcastic' | 'informative';
        /** @description A part of the name or of the username. */
        q?: string;
        /** @description The order; a minus before the field: descending. */
        sort?:
          | 'position'
          | '-position'
          | 'id'
          | '-id'
          | 'name'
          | '-name'
          | 'username'
          | '-username'
          | 'age'
          | '-age';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The id of a population, the SHA-256 of its specification, or its name. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PopulationAgents'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Agents_agent: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Agent'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Populations_list: {
    parameters: {
      query?: {
        country?: string;
        city?: string;
        gender?: 'female' | 'male' | 'non_binary' | 'unspecified';
        seed?: string;
        /** @description A part of the name. */
        name?: string;
        tag?: string;
        /** @description From this moment on. */
        created_after?: string;
        /** @description Before this moment. */
        created_before?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'count' | '-count' | 'name' | '-name';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PopulationList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PopulationFiles_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PopulationFileRequest'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PopulationAnswer'];
        };
      };
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PopulationAnswer'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PopulationFiles_check: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PopulationFileCheck'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CheckedPopulationFile'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PopulationFiles_audit: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of a population, the SHA-256 of its specification, or its name. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'text/html': string;
        };
      };
      /** @description Partial Content */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'text/html': string;
        };
      };
      /** @description Not Modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Populations_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of a population, the SHA-256 of its specification, or its name. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Population'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Populations_delete: {
    parameters: {
      query?: {
        /** @description Deletes the drafts and runs of the population as well. */
        cascade?: boolean;
      };
      header?: never;
      path: {
        /** @description The id of a population, the SHA-256 of its specification, or its name. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Populations_update: {
    parameters: {
      query?: never;
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        /** @description The id of a population, the SHA-256 of its specification, or its name. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PopulationUpdate'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Population'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PopulationExports_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The id of a population, the SHA-256 of its specification, or its name. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RequestPopulationExport'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportAnswer'];
        };
      };
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportAnswer'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PopulationExports_exported: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of a population, the SHA-256 of its specification, or its name. */
        id: string;
        format: 'json' | 'jsonl' | 'csv' | 'parquet';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'application/x-ndjson': string;
          'text/csv': string;
          'application/vnd.apache.parquet': string;
        };
      };
      /** @description Partial Content */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'application/x-ndjson': string;
          'text/csv': string;
          'application/vnd.apache.parquet': string;
        };
      };
      /** @description Not Modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  PopulationExports_manifest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id of a population, the SHA-256 of its specification, or its name. */
        id: string;
        format: 'json' | 'jsonl' | 'csv' | 'parquet';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AgentStates_current: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AgentState'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AgentStates_write: {
    parameters: {
      query?: never;
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WriteAgentState'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AgentState'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AgentStates_history: {
    parameters: {
      query?: {
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AgentStateHistory'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AgentStates_version: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        version: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AgentState'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Content_draft: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DraftRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Draft'] | components['schemas']['DraftBatch'];
        };
      };
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Draft'];
        };
      };
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DraftBatch'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Content_drafts: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DraftRequests'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DraftResults'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Content_list: {
    parameters: {
      query?: {
        population?: string;
        agent?: string;
        template?: string;
        template_version?: string;
        language?: 'en' | 'es';
        seed?: string;
        /** @description What the guard said. */
        action?: 'allow' | 'label' | 'review' | 'escalate' | 'block';
        /** @description One of the guard’s labels. */
        label?: string;
        /** @description From 0 to 1, where 1 is clean. */
        min_compliance_score?: number;
        /** @description From 0 to 1. */
        min_quality?: number;
        /** @description From this moment on. */
        created_after?: string;
        /** @description Before this moment. */
        created_before?: string;
        /** @description The order; a minus before the field: descending. */
        sort?:
          | 'id'
          | '-id'
          | 'created_at'
          | '-created_at'
          | 'quality'
          | '-quality'
          | 'compliance_score'
          | '-compliance_score';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DraftList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Content_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Draft'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Content_delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  DraftExports_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RequestExport'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportAnswer'];
        };
      };
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportAnswer'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Templates_list: {
    parameters: {
      query?: {
        /** @description A part of the name. */
        name?: string;
        /** @description One of its tags. */
        tag?: string;
        language?: 'en' | 'es';
        /** @description Of each template the highest version with this status. */
        status?: 'draft' | 'active' | 'archived';
        /** @description The order; a minus before the field: descending. */
        sort?: 'name' | '-name' | 'title' | '-title' | 'created_at' | '-created_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplatePage'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Templates_add: {
    parameters: {
      query?: {
        /** @description A draft can be tried by its version, and is activated later. */
        status?: 'draft' | 'active';
      };
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Template'];
        };
      };
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Template'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Templates_get: {
    parameters: {
      query?: {
        /** @description This version, retired or not. */
        version?: string;
        /** @description The version whose SHA-256 begins so, as drafts and runs record it. */
        sha256?: string;
      };
      header?: never;
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Template'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Templates_replace: {
    parameters: {
      query?: {
        /** @description A draft can be tried by its version, and is activated later. */
        status?: 'draft' | 'active';
      };
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Template'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Templates_retire: {
    parameters: {
      query?: {
        /** @description This version alone; without it, all that were given. */
        version?: string;
      };
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Templates_versions: {
    parameters: {
      query?: {
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplateVersionPage'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Templates_diff: {
    parameters: {
      query: {
        /** @description The version to start from. */
        from: string;
        /** @description The version to go to; the current one without it. */
        to?: string;
      };
      header?: never;
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplateDiff'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Templates_check: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CheckedTemplate'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Templates_preview: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['PreviewRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplatePreview'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Templates_activate: {
    parameters: {
      query?: never;
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TemplateActivation'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Template'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Simulation_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScenarioSummaries'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Simulation_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The name of a scenario, or `name@version`. */
        scenario: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Scenario'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Simulation_run: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The name of a scenario, or `name@version`. */
        scenario: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RunRequest'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedRun'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Scenarios_list: {
    parameters: {
      query?: {
        /** @description A part of the name. */
        name?: string;
        /** @description One of its tags. */
        tag?: string;
        /** @description As the scenario names it. */
        template?: string;
        country?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'name' | '-name' | 'title' | '-title' | 'created_at' | '-created_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScenarioPage'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Scenarios_add: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScenarioDocument'];
        };
      };
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScenarioDocument'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Scenarios_get: {
    parameters: {
      query?: {
        /** @description This version, retired or not. */
        version?: string;
        /** @description The version whose SHA-256 begins so, as drafts and runs record it. */
        sha256?: string;
      };
      header?: never;
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScenarioDocument'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Scenarios_replace: {
    parameters: {
      query?: never;
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScenarioDocument'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Scenarios_retire: {
    parameters: {
      query?: {
        /** @description This version alone; without it, all that were given. */
        version?: string;
      };
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Scenarios_versions: {
    parameters: {
      query?: {
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The name, or `name@version`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ScenarioVersionPage'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Scenarios_check: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CheckedScenario'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Runs_list: {
    parameters: {
      query?: {
        scenario?: string;
        seed?: string;
        population?: string;
        /** @description One or more, with commas between them. */
        status?: ('queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'paused' | 'waiting')[];
        /** @description From this moment on. */
        created_after?: string;
        /** @description Before this moment. */
        created_before?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'scenario' | '-scenario' | 'ticks' | '-ticks';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Runs_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Run'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Runs_delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Runs_metrics: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunMetrics'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Runs_diff: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        other: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RunDifference'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Runs_report: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description Partial Content */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description Not Modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Runs_file: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
          'application/vnd.apache.parquet': string;
          'application/json': string;
          'text/html': string;
        };
      };
      /** @description Partial Content */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
          'application/vnd.apache.parquet': string;
          'application/json': string;
          'text/html': string;
        };
      };
      /** @description Not Modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  RunControl_pause: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Run'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  RunControl_resume: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedRun'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  RunControl_branch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BranchRequest'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedRun'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Decisions_awaited: {
    parameters: {
      query?: {
        /** @description Only what this agent is asked. */
        agent_id?: string;
        /** @description Whether only agents are listed for whom nobody has decided yet. */
        missing?: boolean;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AwaitedDecisions'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Decisions_handIn: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DecisionsRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HandedInDecisions'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reports_list: {
    parameters: {
      query?: {
        scenario?: string;
        seed?: string;
        population?: string;
        /** @description From this moment on. */
        completed_after?: string;
        /** @description Before this moment. */
        completed_before?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'completed_at' | '-completed_at' | 'scenario' | '-scenario';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Reports_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        run_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'text/html': string;
        };
      };
      /** @description Partial Content */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': string;
          'text/html': string;
        };
      };
      /** @description Not Modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Validation_validate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ValidationRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Validation'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Validation_page: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ValidationRequest'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description Partial Content */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description Not Modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Calibration_calibrate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The name of a scenario, or `name@version`. */
        scenario: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['CalibrationRequest'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedCalibration'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Experiments_list: {
    parameters: {
      query?: {
        name?: string;
        scenario?: string;
        /** @description One or more, with commas between them. */
        status?: ('queued' | 'running' | 'cancelling' | 'completed' | 'incomplete' | 'cancelled')[];
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'name' | '-name';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExperimentList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Experiments_run: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AcceptedExperiment'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Experiments_check: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DocumentBody'];
        'application/yaml': string;
        'application/x-yaml': string;
        'text/yaml': string;
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CheckedExperiment'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Experiments_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Experiment'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Experiments_delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Experiments_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Experiment'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Experiments_found: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExperimentResults'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Experiments_report: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description Partial Content */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description Not Modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Experiments_table: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        name: 'runs.csv' | 'runs.parquet' | 'comparisons.csv' | 'comparisons.parquet';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/vnd.apache.parquet': string;
        };
      };
      /** @description Partial Content */
      206: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
          'application/vnd.apache.parquet': string;
        };
      };
      /** @description Not Modified */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Networks_list: {
    parameters: {
      query?: {
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'name' | '-name';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NetworkList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Networks_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateNetwork'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Network'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Networks_project: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProjectRun'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NetworkJob'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Networks_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The name of a network. */
        network: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NetworkStatus'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Networks_delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The name of a network. */
        network: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Networks_populate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The name of a network. */
        network: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PopulateNetwork'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NetworkJob'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Networks_listAccounts: {
    parameters: {
      query?: {
        /** @description A part of the name. */
        q?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'id' | '-id' | 'username' | '-username' | 'followers_count' | '-followers_count';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The name of a network. */
        network: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NetworkAccountList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Networks_tokens: {
    parameters: {
      query?: {
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The name of a network. */
        network: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NetworkTokenList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Networks_issue: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The name of a network. */
        network: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IssueNetworkToken'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IssuedNetworkToken'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Networks_revoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The name of a network. */
        network: string;
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Publications_report: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PublicationReport'];
      };
    };
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Campaigns_list: {
    parameters: {
      query?: {
        state?: 'draft' | 'running' | 'paused' | 'completed' | 'cancelled';
        population?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'name' | '-name' | 'starts_at' | '-starts_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Campaigns_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateCampaign'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Campaign'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Campaigns_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id or the name of a campaign. */
        campaign: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CountedCampaign'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Campaigns_delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The id or the name of a campaign. */
        campaign: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Campaigns_update: {
    parameters: {
      query?: never;
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        /** @description The id or the name of a campaign. */
        campaign: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['UpdateCampaign'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Campaign'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Campaigns_start: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The id or the name of a campaign. */
        campaign: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Campaign'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Campaigns_pause: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The id or the name of a campaign. */
        campaign: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Campaign'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Campaigns_resume: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The id or the name of a campaign. */
        campaign: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Campaign'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Campaigns_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description The id or the name of a campaign. */
        campaign: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Campaign'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Plans_plan: {
    parameters: {
      query?: {
        /** @description `agent`: agent by agent, each in the order of time; `due_at`: all in the order of time. */
        sort?: 'agent' | 'due_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        /** @description The id or the name of a campaign. */
        campaign: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignPlan'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  CampaignPublications_list: {
    parameters: {
      query?: {
        campaign?: string;
        agent?: string;
        state?:
          | 'planned'
          | 'drafted'
          | 'awaiting_approval'
          | 'due'
          | 'publishing'
          | 'published'
          | 'removed'
          | 'failed'
          | 'cancelled'
          | 'expired';
        /** @description From this moment on. */
        due_after?: string;
        /** @description Before this moment. */
        due_before?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'due_at' | '-due_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PublicationList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  CampaignPublications_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JudgedPublication'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  CampaignPublications_approve: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['ApprovePublication'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JudgedPublication'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  CampaignPublications_reject: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RejectPublication'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['JudgedPublication'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Workflows_list: {
    parameters: {
      query?: {
        workflow?: 'onboarding' | 'content_publication' | 'moderation_escalation' | 'lifecycle' | 'session';
        /** @description One or more, with commas between them. */
        state?: ('running' | 'waiting' | 'completed' | 'failed' | 'cancelled')[];
        /** @description About this agent or decision. */
        subject?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WorkflowList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Workflows_start: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['StartWorkflow'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Workflow'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Workflows_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Workflow'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Workflows_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Workflow'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Workflows_retry: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Workflow'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Lifecycles_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AgentLifecycle'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Lifecycles_activate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['AgentActivation'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Workflow'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Lifecycles_suspend: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AgentReason'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Workflow'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Lifecycles_retire: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AgentReason'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Workflow'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AgentSessions_list: {
    parameters: {
      query?: {
        plan?: string;
        agent?: string;
        state?: 'planned' | 'open' | 'ended' | 'skipped' | 'failed';
        /** @description The order; a minus before the field: descending. */
        sort?: 'planned_at' | '-planned_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AgentSessionList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AgentSessions_plan: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PlanAgentSessions'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionPlan'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AgentSessions_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AgentSession'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  AgentSessions_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AgentSession'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SessionPlans_list: {
    parameters: {
      query?: {
        state?: 'running' | 'paused' | 'completed' | 'cancelled';
        population?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionPlanList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SessionPlans_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CountedSessionPlan'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SessionPlans_pause: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionPlan'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SessionPlans_resume: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionPlan'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  SessionPlans_cancel: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionPlan'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Command_commands: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ChatCommands'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Command_say: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SayCommand'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CommandReply'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Command_list: {
    parameters: {
      query?: {
        /** @description The order; a minus before the field: descending. */
        sort?: 'updated_at' | '-updated_at' | 'created_at' | '-created_at';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConversationList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Command_messages: {
    parameters: {
      query?: {
        /** @description Messages after this one; from the first unless given. */
        after?: string;
        /** @description How many at most. */
        limit?: number;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConversationMessages'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_list: {
    parameters: {
      query?: {
        status?:
          | 'registered'
          | 'starting'
          | 'running'
          | 'unhealthy'
          | 'stopping'
          | 'stopped'
          | 'backoff'
          | 'failed'
          | 'quarantined';
        desired_state?: 'running' | 'stopped';
        role?: string;
        /** @description The order; a minus before the field: descending. */
        sort?: 'created_at' | '-created_at' | 'id' | '-id';
        /** @description How many at most. */
        limit?: number;
        /** @description `next_cursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_create: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateBot'];
      };
    };
    responses: {
      /** @description Created */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bot'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bot'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_delete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No Content */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_update: {
    parameters: {
      query?: never;
      header: {
        /** @description The `ETag` that was read. */
        'If-Match': string;
      };
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['UpdateBot'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bot'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_start: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bot'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_stop: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bot'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_restart: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bot'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_metrics: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotMetrics'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Bots_history: {
    parameters: {
      query?: {
        /** @description How many at most. */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotHistory'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BotReplicas_instances: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotInstances'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BotReplicas_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotRevisions'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BotReplicas_rollBack: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['RollBackBot'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Bot'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BotMaintenance_get: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotMaintenance'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BotMaintenance_put: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MaintainBots'];
      };
    };
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotMaintenance'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BotLogs_read: {
    parameters: {
      query?: {
        /** @description Only lines after this position; without it, the newest. */
        after?: string;
        /** @description Only lines of this instance; without it, of all. */
        ordinal?: number;
        /** @description How many lines that are there already, at most. */
        limit?: number;
        /** @description Seconds in which new lines are told as they come. */
        follow?: number;
      };
      header?: never;
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-ndjson': string;
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BotCommands_send: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your choice: the request is carried out once for it, and repeated within a day it gets the same answer. */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description What it is known by. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SendBotCommand'];
      };
    };
    responses: {
      /** @description Accepted */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotCommand'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  BotCommands_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description What it is known by. */
        id: string;
        command: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BotCommand'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  Blueprints_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OK */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BlueprintList'];
        };
      };
      429: components['responses']['RateLimited'];
      /** @description A mistake of the caller, with the fields that are wrong. */
      '4XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description A mistake of ours, or a dependency that is missing. */
      '5XX': {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}

export const pathsApiV1AuditGetParametersQuerySortValues = ['sequence', '-sequence'] as const;
export const pathsApiV1LlmCassettesGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'name',
  '-name',
] as const;
export const pathsApiV1UsersMeSessionsGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'last_used_at',
  '-last_used_at',
] as const;
export const pathsApiV1UsersGetParametersQueryKindValues = ['person', 'service'] as const;
export const pathsApiV1UsersGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'username',
  '-username',
] as const;
export const pathsApiV1SessionsGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'last_used_at',
  '-last_used_at',
] as const;
export const pathsApiV1KeysGetParametersQueryKindValues = ['key', 'client_secret'] as const;
export const pathsApiV1KeysGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'name',
  '-name',
] as const;
export const pathsApiV1JobsGetParametersQueryStatusValues = [
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
] as const;
export const pathsApiV1JobsGetParametersQueryQueueValues = ['population', 'content', 'simulation'] as const;
export const pathsApiV1JobsGetParametersQueryNameValues = [
  'population.generate',
  'content.draft',
  'content.export',
  'simulation.run',
  'simulation.calibrate',
  'experiment.start',
  'network.populate',
  'network.project',
  'workflow.step',
  'bot.act',
] as const;
export const pathsApiV1JobsGetParametersQuerySortValues = ['created_at', '-created_at'] as const;
export const pathsApiV1QueuesQueuePatchParametersPathQueueValues = [
  'population',
  'content',
  'simulation',
] as const;
export const pathsApiV1IncidentsGetParametersQuerySubjectValues = [
  'bot',
  'worker',
  'queue',
  'dependency',
] as const;
export const pathsApiV1IncidentsGetParametersQueryStatusValues = [
  'observed',
  'proposed',
  'approved',
  'acting',
  'succeeded',
  'failed',
  'dismissed',
  'passed',
] as const;
export const pathsApiV1IncidentsGetParametersQuerySymptomValues = [
  'exited',
  'crash_loop',
  'not_startable',
  'heartbeat_missed',
  'stuck',
  'memory_high',
  'memory_leak',
  'cpu_high',
  'error_rate',
  'event_loop_lag',
  'log_flood',
  'anomalous',
  'failing',
  'queue_age',
  'no_worker',
  'dead_letters',
  'paused',
  'reduced',
  'unavailable',
] as const;
export const pathsApiV1IncidentsGetParametersQuerySortValues = ['opened_at', '-opened_at'] as const;
export const pathsApiV1ExportsGetParametersQueryFormatValues = ['json', 'jsonl', 'csv', 'parquet'] as const;
export const pathsApiV1ExportsGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'bytes',
  '-bytes',
] as const;
export const pathsApiV1DecisionsGetParametersQuerySubject_typeValues = [
  'draft',
  'population',
  'scenario',
] as const;
export const pathsApiV1DecisionsGetParametersQueryActionValues = [
  'allow',
  'label',
  'review',
  'escalate',
  'block',
] as const;
export const pathsApiV1DecisionsGetParametersQuerySortValues = [
  'decided_at',
  '-decided_at',
  'compliance_score',
  '-compliance_score',
] as const;
export const pathsApiV1PoliciesGetParametersQuerySortValues = [
  'name',
  '-name',
  'title',
  '-title',
  'created_at',
  '-created_at',
] as const;
export const pathsApiV1ComplianceStatisticsGetParametersQuerySubject_typeValues = [
  'draft',
  'population',
  'scenario',
] as const;
export const pathsApiV1ReviewsGetParametersQueryStatusValues = [
  'open',
  'second_opinion',
  'disputed',
  'closed',
] as const;
export const pathsApiV1ReviewsGetParametersQuerySeverityValues = [
  'low',
  'medium',
  'high',
  'critical',
] as const;
export const pathsApiV1ReviewsGetParametersQuerySubject_typeValues = [
  'draft',
  'population',
  'scenario',
] as const;
export const pathsApiV1ReviewsGetParametersQuerySortValues = [
  'due_at',
  '-due_at',
  'created_at',
  '-created_at',
] as const;
export const pathsApiV1PopulatePostParametersQueryExportValues = ['json', 'jsonl', 'csv', 'parquet'] as const;
export const pathsApiV1AgentsGetParametersQueryGenderValues = [
  'female',
  'male',
  'non_binary',
  'unspecified',
] as const;
export const pathsApiV1AgentsGetParametersQueryPosting_cadenceValues = [
  'hourly',
  'daily',
  'weekly',
  'monthly',
] as const;
export const pathsApiV1AgentsGetParametersQueryToneValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const pathsApiV1AgentsGetParametersQuerySortValues = [
  'id',
  '-id',
  'name',
  '-name',
  'username',
  '-username',
  'age',
  '-age',
] as const;
export const pathsApiV1PopulationsIdAgentsGetParametersQueryGenderValues = [
  'female',
  'male',
  'non_binary',
  'unspecified',
] as const;
export const pathsApiV1PopulationsIdAgentsGetParametersQueryPosting_cadenceValues = [
  'hourly',
  'daily',
  'weekly',
  'monthly',
] as const;
export const pathsApiV1PopulationsIdAgentsGetParametersQueryToneValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const pathsApiV1PopulationsIdAgentsGetParametersQuerySortValues = [
  'position',
  '-position',
  'id',
  '-id',
  'name',
  '-name',
  'username',
  '-username',
  'age',
  '-age',
] as const;
export const pathsApiV1PopulationsGetParametersQueryGenderValues = [
  'female',
  'male',
  'non_binary',
  'unspecified',
] as const;
export const pathsApiV1PopulationsGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'count',
  '-count',
  'name',
  '-name',
] as const;
export const pathsApiV1PopulationsIdExportsFormatGetParametersPathFormatValues = [
  'json',
  'jsonl',
  'csv',
  'parquet',
] as const;
export const pathsApiV1PopulationsIdExportsFormatManifestGetParametersPathFormatValues = [
  'json',
  'jsonl',
  'csv',
  'parquet',
] as const;
export const pathsApiV1ContentDraftsGetParametersQueryLanguageValues = ['en', 'es'] as const;
export const pathsApiV1ContentDraftsGetParametersQueryActionValues = [
  'allow',
  'label',
  'review',
  'escalate',
  'block',
] as const;
export const pathsApiV1ContentDraftsGetParametersQuerySortValues = [
  'id',
  '-id',
  'created_at',
  '-created_at',
  'quality',
  '-quality',
  'compliance_score',
  '-compliance_score',
] as const;
export const pathsApiV1TemplatesGetParametersQueryLanguageValues = ['en', 'es'] as const;
export const pathsApiV1TemplatesGetParametersQueryStatusValues = ['draft', 'active', 'archived'] as const;
export const pathsApiV1TemplatesGetParametersQuerySortValues = [
  'name',
  '-name',
  'title',
  '-title',
  'created_at',
  '-created_at',
] as const;
export const pathsApiV1TemplatesPostParametersQueryStatusValues = ['draft', 'active'] as const;
export const pathsApiV1TemplatesNamePutParametersQueryStatusValues = ['draft', 'active'] as const;
export const pathsApiV1ScenariosGetParametersQuerySortValues = [
  'name',
  '-name',
  'title',
  '-title',
  'created_at',
  '-created_at',
] as const;
export const pathsApiV1RunsGetParametersQueryStatusValues = [
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
  'paused',
  'waiting',
] as const;
export const pathsApiV1RunsGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'scenario',
  '-scenario',
  'ticks',
  '-ticks',
] as const;
export const pathsApiV1ReportsGetParametersQuerySortValues = [
  'completed_at',
  '-completed_at',
  'scenario',
  '-scenario',
] as const;
export const pathsApiV1ExperimentsGetParametersQueryStatusValues = [
  'queued',
  'running',
  'cancelling',
  'completed',
  'incomplete',
  'cancelled',
] as const;
export const pathsApiV1ExperimentsGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'name',
  '-name',
] as const;
export const pathsApiV1ExperimentsIdTablesNameGetParametersPathNameValues = [
  'runs.csv',
  'runs.parquet',
  'comparisons.csv',
  'comparisons.parquet',
] as const;
export const pathsApiV1NetworksGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'name',
  '-name',
] as const;
export const pathsApiV1NetworksNetworkAccountsGetParametersQuerySortValues = [
  'id',
  '-id',
  'username',
  '-username',
  'followers_count',
  '-followers_count',
] as const;
export const pathsApiV1NetworksNetworkTokensGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
] as const;
export const pathsApiV1CampaignsGetParametersQueryStateValues = [
  'draft',
  'running',
  'paused',
  'completed',
  'cancelled',
] as const;
export const pathsApiV1CampaignsGetParametersQuerySortValues = [
  'created_at',
  '-created_at',
  'name',
  '-name',
  'starts_at',
  '-starts_at',
] as const;
export const pathsApiV1CampaignsCampaignPlanGetParametersQuerySortValues = ['agent', 'due_at'] as const;
export const pathsApiV1PublicationsGetParametersQueryStateValues = [
  'planned',
  'drafted',
  'awaiting_approval',
  'due',
  'publishing',
  'published',
  'removed',
  'failed',
  'cancelled',
  'expired',
] as const;
export const pathsApiV1PublicationsGetParametersQuerySortValues = ['due_at', '-due_at'] as const;
export const pathsApiV1WorkflowsGetParametersQueryWorkflowValues = [
  'onboarding',
  'content_publication',
  'moderation_escalation',
  'lifecycle',
  'session',
] as const;
export const pathsApiV1WorkflowsGetParametersQueryStateValues = [
  'running',
  'waiting',
  'completed',
  'failed',
  'cancelled',
] as const;
export const pathsApiV1WorkflowsGetParametersQuerySortValues = ['created_at', '-created_at'] as const;
export const pathsApiV1AgentSessionsGetParametersQueryStateValues = [
  'planned',
  'open',
  'ended',
  'skipped',
  'failed',
] as const;
export const pathsApiV1AgentSessionsGetParametersQuerySortValues = ['planned_at', '-planned_at'] as const;
export const pathsApiV1SessionPlansGetParametersQueryStateValues = [
  'running',
  'paused',
  'completed',
  'cancelled',
] as const;
export const pathsApiV1SessionPlansGetParametersQuerySortValues = ['created_at', '-created_at'] as const;
export const pathsApiV1ConversationsGetParametersQuerySortValues = [
  'updated_at',
  '-updated_at',
  'created_at',
  '-created_at',
] as const;
export const pathsApiV1BotsGetParametersQueryStatusValues = [
  'registered',
  'starting',
  'running',
  'unhealthy',
  'stopping',
  'stopped',
  'backoff',
  'failed',
  'quarantined',
] as const;
export const pathsApiV1BotsGetParametersQueryDesired_stateValues = ['running', 'stopped'] as const;
export const pathsApiV1BotsGetParametersQuerySortValues = ['created_at', '-created_at', 'id', '-id'] as const;
export const acceptedExperimentStatusValues = [
  'queued',
  'running',
  'cancelling',
  'completed',
  'incomplete',
  'cancelled',
] as const;
export const agentLifecycleStateValues = ['idle', 'active', 'suspended', 'retired'] as const;
export const agentProfileGenderValues = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const agentProfilePosting_cadenceValues = ['hourly', 'daily', 'weekly', 'monthly'] as const;
export const agentProfileToneValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const agentSessionStateValues = ['planned', 'open', 'ended', 'skipped', 'failed'] as const;
export const agentSessionActKindValues = ['favourite', 'boost', 'reply', 'follow'] as const;
export const agentSessionActStateValues = ['planned', 'done', 'held', 'refused', 'skipped'] as const;
export const agentSessionSummaryStateValues = ['planned', 'open', 'ended', 'skipped', 'failed'] as const;
export const agentSessionViewTimelineValues = ['home', 'public'] as const;
export const agentsProvisioningGenderValues = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const agentsProvisioningWriterValues = ['rules', 'llm'] as const;
export const agentsProvisioningCassette_modeValues = ['auto', 'record', 'replay'] as const;
export const backtestRequestChangeStatusValues = [
  'draft',
  'shadow',
  'percentage',
  'live',
  'retired',
] as const;
export const backtestRequestSubject_typeValues = ['draft', 'population', 'scenario'] as const;
export const backtestVerdictActionValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const blueprintRuntimeValues = ['node', 'python'] as const;
export const blueprintPermissionsValues = [
  'populations:create',
  'populations:read',
  'populations:update',
  'populations:delete',
  'agents:update',
  'drafts:create',
  'drafts:read',
  'drafts:delete',
  'simulations:run',
  'simulations:read',
  'simulations:delete',
  'exports:read',
  'exports:share',
  'exports:delete',
  'compliance:read',
  'compliance:check',
  'reviews:read',
  'reviews:decide',
  'reviews:decide_escalated',
  'reviews:appeal',
  'policies:write',
  'scenarios:read',
  'scenarios:write',
  'templates:read',
  'templates:write',
  'networks:read',
  'networks:post',
  'networks:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:approve',
  'workflows:read',
  'workflows:run',
  'bots:read',
  'bots:write',
  'bots:run',
  'incidents:read',
  'incidents:decide',
  'workers:read',
  'workers:manage',
  'jobs:read',
  'jobs:cancel',
  'jobs:retry',
  'llm:read',
  'cassettes:read',
  'cassettes:write',
  'metrics:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'keys:read',
  'keys:write',
  'sessions:read',
  'sessions:revoke',
  'signing_keys:read',
  'signing_keys:rotate',
  'audit:read',
] as const;
export const botHealingAnyOf0Values = ['observe', 'propose', 'act'] as const;
export const botDesired_stateValues = ['running', 'stopped'] as const;
export const botStatusValues = [
  'registered',
  'starting',
  'running',
  'unhealthy',
  'stopping',
  'stopped',
  'backoff',
  'failed',
  'quarantined',
] as const;
export const botCommandStatusValues = ['pending', 'delivered', 'done', 'failed', 'expired'] as const;
export const botConditionStatusValues = ['true', 'false', 'unknown'] as const;
export const botHistoryTransitionsStatusValues = [
  'registered',
  'starting',
  'running',
  'unhealthy',
  'stopping',
  'stopped',
  'backoff',
  'failed',
  'quarantined',
] as const;
export const botInstanceStatusValues = [
  'registered',
  'starting',
  'running',
  'unhealthy',
  'stopping',
  'stopped',
  'backoff',
  'failed',
  'quarantined',
] as const;
export const botInstanceRetiringAnyOf0Values = ['Replaced', 'ScaledDown'] as const;
export const calibrationRequestParametersValues = [
  'behaviour.sessions_per_day',
  'behaviour.lurking',
  'behaviour.reaction',
  'behaviour.comment',
  'behaviour.repost',
  'behaviour.interest_pull',
  'behaviour.affinity_pull',
  'behaviour.quality_pull',
  'behaviour.reply_share',
  'behaviour.answering',
  'feed.window_ticks',
  'feed.discovery',
  'feed.half_life_ticks',
  'feed.weights.affinity',
  'feed.weights.interest',
  'feed.weights.recency',
  'feed.weights.popularity',
] as const;
export const campaignStateValues = ['draft', 'running', 'paused', 'completed', 'cancelled'] as const;
export const campaignAudienceGenderValues = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const campaignAudiencePosting_cadenceValues = ['hourly', 'daily', 'weekly', 'monthly'] as const;
export const campaignAudienceToneValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const campaignApprovalRuleValues = ['none', 'sample', 'all', 'two_people'] as const;
export const chatCommandEffectValues = ['read', 'write', 'destructive'] as const;
export const chatCommandPermissionsValues = [
  'populations:create',
  'populations:read',
  'populations:update',
  'populations:delete',
  'agents:update',
  'drafts:create',
  'drafts:read',
  'drafts:delete',
  'simulations:run',
  'simulations:read',
  'simulations:delete',
  'exports:read',
  'exports:share',
  'exports:delete',
  'compliance:read',
  'compliance:check',
  'reviews:read',
  'reviews:decide',
  'reviews:decide_escalated',
  'reviews:appeal',
  'policies:write',
  'scenarios:read',
  'scenarios:write',
  'templates:read',
  'templates:write',
  'networks:read',
  'networks:post',
  'networks:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:approve',
  'workflows:read',
  'workflows:run',
  'bots:read',
  'bots:write',
  'bots:run',
  'incidents:read',
  'incidents:decide',
  'workers:read',
  'workers:manage',
  'jobs:read',
  'jobs:cancel',
  'jobs:retry',
  'llm:read',
  'cassettes:read',
  'cassettes:write',
  'metrics:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'keys:read',
  'keys:write',
  'sessions:read',
  'sessions:revoke',
  'signing_keys:read',
  'signing_keys:rotate',
  'audit:read',
] as const;
export const checkedPopulationFileSpecificationGenderValues = [
  'female',
  'male',
  'non_binary',
  'unspecified',
] as const;
export const complianceCheckActionValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const complianceCheckOpinionsAnyOf0SourceValues = ['judge', 'moderation', 'remote'] as const;
export const complianceStatisticsBy_actionActionValues = [
  'allow',
  'label',
  'review',
  'escalate',
  'block',
] as const;
export const complianceStatisticsBy_dayActionValues = [
  'allow',
  'label',
  'review',
  'escalate',
  'block',
] as const;
export const complianceStatisticsBy_subjectActionValues = [
  'allow',
  'label',
  'review',
  'escalate',
  'block',
] as const;
export const conversationLanguageValues = ['en', 'es'] as const;
export const conversationMessageTypeValues = ['said', 'answer', 'part', 'question', 'notice'] as const;
export const countedCampaignStateValues = ['draft', 'running', 'paused', 'completed', 'cancelled'] as const;
export const countedCampaignAudienceGenderValues = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const countedCampaignAudiencePosting_cadenceValues = ['hourly', 'daily', 'weekly', 'monthly'] as const;
export const countedCampaignAudienceToneValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const countedSessionPlanStateValues = ['running', 'paused', 'completed', 'cancelled'] as const;
export const createBotHealingAnyOf0Values = ['observe', 'propose', 'act'] as const;
export const createCampaignAudienceGenderValues = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const createCampaignAudiencePosting_cadenceValues = ['hourly', 'daily', 'weekly', 'monthly'] as const;
export const createCampaignAudienceToneValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const createKeyKindValues = ['key', 'client_secret'] as const;
export const createKeyScopesValues = [
  'populations:create',
  'populations:read',
  'populations:update',
  'populations:delete',
  'agents:update',
  'drafts:create',
  'drafts:read',
  'drafts:delete',
  'simulations:run',
  'simulations:read',
  'simulations:delete',
  'exports:read',
  'exports:share',
  'exports:delete',
  'compliance:read',
  'compliance:check',
  'reviews:read',
  'reviews:decide',
  'reviews:decide_escalated',
  'reviews:appeal',
  'policies:write',
  'scenarios:read',
  'scenarios:write',
  'templates:read',
  'templates:write',
  'networks:read',
  'networks:post',
  'networks:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:approve',
  'workflows:read',
  'workflows:run',
  'bots:read',
  'bots:write',
  'bots:run',
  'incidents:read',
  'incidents:decide',
  'workers:read',
  'workers:manage',
  'jobs:read',
  'jobs:cancel',
  'jobs:retry',
  'llm:read',
  'cassettes:read',
  'cassettes:write',
  'metrics:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'keys:read',
  'keys:write',
  'sessions:read',
  'sessions:revoke',
  'signing_keys:read',
  'signing_keys:rotate',
  'audit:read',
] as const;
export const createUserKindValues = ['person', 'service'] as const;
export const currentUserKindValues = ['person', 'service'] as const;
export const currentUserPermissionsValues = [
  'populations:create',
  'populations:read',
  'populations:update',
  'populations:delete',
  'agents:update',
  'drafts:create',
  'drafts:read',
  'drafts:delete',
  'simulations:run',
  'simulations:read',
  'simulations:delete',
  'exports:read',
  'exports:share',
  'exports:delete',
  'compliance:read',
  'compliance:check',
  'reviews:read',
  'reviews:decide',
  'reviews:decide_escalated',
  'reviews:appeal',
  'policies:write',
  'scenarios:read',
  'scenarios:write',
  'templates:read',
  'templates:write',
  'networks:read',
  'networks:post',
  'networks:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:approve',
  'workflows:read',
  'workflows:run',
  'bots:read',
  'bots:write',
  'bots:run',
  'incidents:read',
  'incidents:decide',
  'workers:read',
  'workers:manage',
  'jobs:read',
  'jobs:cancel',
  'jobs:retry',
  'llm:read',
  'cassettes:read',
  'cassettes:write',
  'metrics:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'keys:read',
  'keys:write',
  'sessions:read',
  'sessions:revoke',
  'signing_keys:read',
  'signing_keys:rotate',
  'audit:read',
] as const;
export const currentUserTodoAnyOf0Values = ['change_password', 'enrol_totp'] as const;
export const decisionActionValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const decisionOpinionsAnyOf0SourceValues = ['judge', 'moderation', 'remote'] as const;
export const decisionsRequestDecisionsDoesValues = ['nothing', 'read', 'post', 'return'] as const;
export const decisionsRequestDecisionsActsKindValues = [
  'reaction',
  'comment',
  'repost',
  'quote',
  'follow',
  'unfollow',
  'mute',
  'block',
  'report',
  'dismiss',
] as const;
export const decisionsRequestDecisionsActsReactionValues = [
  'like',
  'love',
  'laugh',
  'insightful',
  'dislike',
] as const;
export const draftLanguageValues = ['en', 'es'] as const;
export const draftDecisionActionValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const draftBatchWritingCassette_modeValues = ['auto', 'record', 'replay'] as const;
export const draftRequestWriterValues = ['rules', 'llm'] as const;
export const draftRequestCassette_modeValues = ['auto', 'record', 'replay'] as const;
export const draftRequestsRequestsWriterValues = ['rules', 'llm'] as const;
export const draftRequestsRequestsCassette_modeValues = ['auto', 'record', 'replay'] as const;
export const experimentStatusValues = [
  'queued',
  'running',
  'cancelling',
  'completed',
  'incomplete',
  'cancelled',
] as const;
export const experimentRun_listStatusAnyOf0Values = [
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
  'paused',
  'waiting',
] as const;
export const experimentResultsStatusValues = [
  'queued',
  'running',
  'cancelling',
  'completed',
  'incomplete',
  'cancelled',
] as const;
export const experimentResultsHypothesesDirectionValues = ['less', 'greater', 'different'] as const;
export const experimentResultsHypothesesVerdictValues = [
  'supported',
  'not_supported',
  'opposite',
  'undecidable',
] as const;
export const experimentResultsRunsStatusAnyOf0Values = [
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
  'paused',
  'waiting',
] as const;
export const experimentSummaryStatusValues = [
  'queued',
  'running',
  'cancelling',
  'completed',
  'incomplete',
  'cancelled',
] as const;
export const exportKindValues = ['population', 'drafts'] as const;
export const incidentSubjectValues = ['bot', 'worker', 'queue', 'dependency'] as const;
export const incidentSymptomValues = [
  'exited',
  'crash_loop',
  'not_startable',
  'heartbeat_missed',
  'stuck',
  'memory_high',
  'memory_leak',
  'cpu_high',
  'error_rate',
  'event_loop_lag',
  'log_flood',
  'anomalous',
  'failing',
  'queue_age',
  'no_worker',
  'dead_letters',
  'paused',
  'reduced',
  'unavailable',
] as const;
export const incidentActionValues = [
  'restart',
  'back_off',
  'quarantine',
  'scale',
  'roll_back',
  'reduce_concurrency',
  'raise_concurrency',
  'drain',
  'hand_back',
  'pause',
  'resume',
  'redrive',
  'open_breaker',
  'wait',
] as const;
export const incidentModeValues = ['observe', 'propose', 'act'] as const;
export const incidentStatusValues = [
  'observed',
  'proposed',
  'approved',
  'acting',
  'succeeded',
  'failed',
  'dismissed',
  'passed',
] as const;
export const issueNetworkTokenScopesValues = [
  'read',
  'read:accounts',
  'read:blocks',
  'read:bookmarks',
  'read:favourites',
  'read:filters',
  'read:follows',
  'read:lists',
  'read:mutes',
  'read:notifications',
  'read:search',
  'read:statuses',
  'write',
  'write:accounts',
  'write:blocks',
  'write:bookmarks',
  'write:conversations',
  'write:favourites',
  'write:filters',
  'write:follows',
  'write:lists',
  'write:media',
  'write:mutes',
  'write:notifications',
  'write:reports',
  'write:statuses',
  'follow',
  'profile',
] as const;
export const issuedNetworkTokenScopesValues = [
  'read',
  'read:accounts',
  'read:blocks',
  'read:bookmarks',
  'read:favourites',
  'read:filters',
  'read:follows',
  'read:lists',
  'read:mutes',
  'read:notifications',
  'read:search',
  'read:statuses',
  'write',
  'write:accounts',
  'write:blocks',
  'write:bookmarks',
  'write:conversations',
  'write:favourites',
  'write:filters',
  'write:follows',
  'write:lists',
  'write:media',
  'write:mutes',
  'write:notifications',
  'write:reports',
  'write:statuses',
  'follow',
  'profile',
] as const;
export const jobStatusValues = ['queued', 'running', 'completed', 'failed', 'cancelled'] as const;
export const jobCancellationFilterQueueValues = ['population', 'content', 'simulation'] as const;
export const jobCancellationFilterNameValues = [
  'population.generate',
  'content.draft',
  'content.export',
  'simulation.run',
  'simulation.calibrate',
  'experiment.start',
  'network.populate',
  'network.project',
  'workflow.step',
  'bot.act',
] as const;
export const jobRedriveFilterQueueValues = ['population', 'content', 'simulation'] as const;
export const jobRedriveFilterNameValues = [
  'population.generate',
  'content.draft',
  'content.export',
  'simulation.run',
  'simulation.calibrate',
  'experiment.start',
  'network.populate',
  'network.project',
  'workflow.step',
  'bot.act',
] as const;
export const judgedPublicationStateValues = [
  'planned',
  'drafted',
  'awaiting_approval',
  'due',
  'publishing',
  'published',
  'removed',
  'failed',
  'cancelled',
  'expired',
] as const;
export const judgedPublicationApprovalsVerdictValues = ['approve', 'reject'] as const;
export const keyKindValues = ['key', 'client_secret'] as const;
export const keyScopesAnyOf0Values = [
  'populations:create',
  'populations:read',
  'populations:update',
  'populations:delete',
  'agents:update',
  'drafts:create',
  'drafts:read',
  'drafts:delete',
  'simulations:run',
  'simulations:read',
  'simulations:delete',
  'exports:read',
  'exports:share',
  'exports:delete',
  'compliance:read',
  'compliance:check',
  'reviews:read',
  'reviews:decide',
  'reviews:decide_escalated',
  'reviews:appeal',
  'policies:write',
  'scenarios:read',
  'scenarios:write',
  'templates:read',
  'templates:write',
  'networks:read',
  'networks:post',
  'networks:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:approve',
  'workflows:read',
  'workflows:run',
  'bots:read',
  'bots:write',
  'bots:run',
  'incidents:read',
  'incidents:decide',
  'workers:read',
  'workers:manage',
  'jobs:read',
  'jobs:cancel',
  'jobs:retry',
  'llm:read',
  'cassettes:read',
  'cassettes:write',
  'metrics:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'keys:read',
  'keys:write',
  'sessions:read',
  'sessions:revoke',
  'signing_keys:read',
  'signing_keys:rotate',
  'audit:read',
] as const;
export const listedAgentGenderValues = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const listedAgentPosting_cadenceValues = ['hourly', 'daily', 'weekly', 'monthly'] as const;
export const listedAgentToneValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const llmStatusBackendValues = ['ollama', 'openai', 'rules'] as const;
export const llmStatusModeValues = ['live', 'record', 'replay', 'auto'] as const;
export const llmStatusBackendsBackendValues = ['ollama', 'openai', 'rules'] as const;
export const llmStatusBackendsServersBreakerValues = ['closed', 'open', 'half_open'] as const;
export const networkTokenScopesValues = [
  'read',
  'read:accounts',
  'read:blocks',
  'read:bookmarks',
  'read:favourites',
  'read:filters',
  'read:follows',
  'read:lists',
  'read:mutes',
  'read:notifications',
  'read:search',
  'read:statuses',
  'write',
  'write:accounts',
  'write:blocks',
  'write:bookmarks',
  'write:conversations',
  'write:favourites',
  'write:filters',
  'write:follows',
  'write:lists',
  'write:media',
  'write:mutes',
  'write:notifications',
  'write:reports',
  'write:statuses',
  'follow',
  'profile',
] as const;
export const oAuthErrorErrorValues = [
  'invalid_request',
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
] as const;
export const offerAcceptsValues = ['nothing', 'read', 'post', 'return'] as const;
export const offerFeedSourceValues = ['followed', 'reposted', 'discovery', 'notification'] as const;
export const offerFeedAcceptsValues = [
  'reaction',
  'comment',
  'repost',
  'quote',
  'follow',
  'unfollow',
  'mute',
  'block',
  'report',
  'dismiss',
] as const;
export const playbookListPlaybooksSubjectValues = ['bot', 'worker', 'queue', 'dependency'] as const;
export const playbookListPlaybooksSymptomValues = [
  'exited',
  'crash_loop',
  'not_startable',
  'heartbeat_missed',
  'stuck',
  'memory_high',
  'memory_leak',
  'cpu_high',
  'error_rate',
  'event_loop_lag',
  'log_flood',
  'anomalous',
  'failing',
  'queue_age',
  'no_worker',
  'dead_letters',
  'paused',
  'reduced',
  'unavailable',
] as const;
export const playbookListPlaybooksActionValues = [
  'restart',
  'back_off',
  'quarantine',
  'scale',
  'roll_back',
  'reduce_concurrency',
  'raise_concurrency',
  'drain',
  'hand_back',
  'pause',
  'resume',
  'redrive',
  'open_breaker',
  'wait',
] as const;
export const policyOriginValues = ['stored', 'shipped'] as const;
export const policyEntryOriginValues = ['stored', 'shipped'] as const;
export const policyRuleStatusValues = ['draft', 'shadow', 'percentage', 'live', 'retired'] as const;
export const policyRuleSeverityValues = ['low', 'medium', 'high', 'critical'] as const;
export const policyRuleActionValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const policyRuleCheckValues = ['luhn', 'iban'] as const;
export const policyRulePiiKindsValues = [
  'email',
  'phone',
  'card',
  'iban',
  'us_routing',
  'crypto_wallet',
  'ip',
  'mac',
  'us_ssn',
  'us_itin',
  'us_driver_license',
  'passport',
  'mx_curp',
  'mx_rfc',
  'es_dni',
  'es_nie',
  'br_cpf',
  'br_cnpj',
  'date_of_birth',
  'postal_code',
  'address',
  'name',
] as const;
export const populationExportsFormatValues = ['json', 'jsonl', 'csv', 'parquet'] as const;
export const populationAnswerSeed_sourceValues = ['request', 'default', 'generated'] as const;
export const populationAnswerWritingCassette_modeValues = ['auto', 'record', 'replay'] as const;
export const populationFileRequestWriterValues = ['rules', 'llm'] as const;
export const populationFileRequestCassette_modeValues = ['auto', 'record', 'replay'] as const;
export const populationFileRequestExportValues = ['json', 'jsonl', 'csv', 'parquet'] as const;
export const populationRequestGenderValues = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const populationRequestWriterValues = ['rules', 'llm'] as const;
export const populationRequestCassette_modeValues = ['auto', 'record', 'replay'] as const;
export const populationRequestExportValues = ['json', 'jsonl', 'csv', 'parquet'] as const;
export const populationSpecificationGenderValues = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const publicationStateValues = [
  'planned',
  'drafted',
  'awaiting_approval',
  'due',
  'publishing',
  'published',
  'removed',
  'failed',
  'cancelled',
  'expired',
] as const;
export const publicationReportTypeValues = ['post.published', 'post.removed', 'post.failed'] as const;
export const putRolePermissionsValues = [
  'populations:create',
  'populations:read',
  'populations:update',
  'populations:delete',
  'agents:update',
  'drafts:create',
  'drafts:read',
  'drafts:delete',
  'simulations:run',
  'simulations:read',
  'simulations:delete',
  'exports:read',
  'exports:share',
  'exports:delete',
  'compliance:read',
  'compliance:check',
  'reviews:read',
  'reviews:decide',
  'reviews:decide_escalated',
  'reviews:appeal',
  'policies:write',
  'scenarios:read',
  'scenarios:write',
  'templates:read',
  'templates:write',
  'networks:read',
  'networks:post',
  'networks:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:approve',
  'workflows:read',
  'workflows:run',
  'bots:read',
  'bots:write',
  'bots:run',
  'incidents:read',
  'incidents:decide',
  'workers:read',
  'workers:manage',
  'jobs:read',
  'jobs:cancel',
  'jobs:retry',
  'llm:read',
  'cassettes:read',
  'cassettes:write',
  'metrics:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'keys:read',
  'keys:write',
  'sessions:read',
  'sessions:revoke',
  'signing_keys:read',
  'signing_keys:rotate',
  'audit:read',
] as const;
export const queueQueueValues = ['population', 'content', 'simulation'] as const;
export const queueHealingAnyOf0Values = ['observe', 'propose', 'act'] as const;
export const requestExportFormatValues = ['json', 'jsonl', 'csv'] as const;
export const requestPopulationExportFormatValues = ['json', 'jsonl', 'csv', 'parquet'] as const;
export const reviewDecidedValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const reviewSeverityValues = ['low', 'medium', 'high', 'critical'] as const;
export const reviewStatusValues = ['open', 'second_opinion', 'disputed', 'closed'] as const;
export const reviewOutcomeAnyOf0Values = ['block', 'allow', 'label'] as const;
export const reviewOpinionsStageValues = ['open', 'second_opinion', 'disputed'] as const;
export const reviewOpinionsVerdictValues = ['uphold', 'release', 'label'] as const;
export const reviewAppealsAgainstValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const reviewEarlierActionValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const reviewEarlierOutcomeValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const reviewClaimSeverityValues = ['low', 'medium', 'high', 'critical'] as const;
export const reviewEntryDecidedValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const reviewEntrySeverityValues = ['low', 'medium', 'high', 'critical'] as const;
export const reviewEntryStatusValues = ['open', 'second_opinion', 'disputed', 'closed'] as const;
export const reviewEntryOutcomeAnyOf0Values = ['block', 'allow', 'label'] as const;
export const reviewOpinionVerdictValues = ['uphold', 'release', 'label'] as const;
export const rolePermissionsValues = [
  'populations:create',
  'populations:read',
  'populations:update',
  'populations:delete',
  'agents:update',
  'drafts:create',
  'drafts:read',
  'drafts:delete',
  'simulations:run',
  'simulations:read',
  'simulations:delete',
  'exports:read',
  'exports:share',
  'exports:delete',
  'compliance:read',
  'compliance:check',
  'reviews:read',
  'reviews:decide',
  'reviews:decide_escalated',
  'reviews:appeal',
  'policies:write',
  'scenarios:read',
  'scenarios:write',
  'templates:read',
  'templates:write',
  'networks:read',
  'networks:post',
  'networks:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:approve',
  'workflows:read',
  'workflows:run',
  'bots:read',
  'bots:write',
  'bots:run',
  'incidents:read',
  'incidents:decide',
  'workers:read',
  'workers:manage',
  'jobs:read',
  'jobs:cancel',
  'jobs:retry',
  'llm:read',
  'cassettes:read',
  'cassettes:write',
  'metrics:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'keys:read',
  'keys:write',
  'sessions:read',
  'sessions:revoke',
  'signing_keys:read',
  'signing_keys:rotate',
  'audit:read',
] as const;
export const roleListPermissionsValues = [
  'populations:create',
  'populations:read',
  'populations:update',
  'populations:delete',
  'agents:update',
  'drafts:create',
  'drafts:read',
  'drafts:delete',
  'simulations:run',
  'simulations:read',
  'simulations:delete',
  'exports:read',
  'exports:share',
  'exports:delete',
  'compliance:read',
  'compliance:check',
  'reviews:read',
  'reviews:decide',
  'reviews:decide_escalated',
  'reviews:appeal',
  'policies:write',
  'scenarios:read',
  'scenarios:write',
  'templates:read',
  'templates:write',
  'networks:read',
  'networks:post',
  'networks:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:approve',
  'workflows:read',
  'workflows:run',
  'bots:read',
  'bots:write',
  'bots:run',
  'incidents:read',
  'incidents:decide',
  'workers:read',
  'workers:manage',
  'jobs:read',
  'jobs:cancel',
  'jobs:retry',
  'llm:read',
  'cassettes:read',
  'cassettes:write',
  'metrics:read',
  'events:read',
  'users:read',
  'users:write',
  'roles:read',
  'roles:write',
  'keys:read',
  'keys:write',
  'sessions:read',
  'sessions:revoke',
  'signing_keys:read',
  'signing_keys:rotate',
  'audit:read',
] as const;
export const ruleMatchSeverityValues = ['low', 'medium', 'high', 'critical'] as const;
export const ruleMatchActionValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const ruleStatusChangeStatusValues = ['draft', 'shadow', 'percentage', 'live', 'retired'] as const;
export const runStatusValues = [
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
  'paused',
  'waiting',
] as const;
export const runSummaryStatusValues = [
  'queued',
  'running',
  'completed',
  'failed',
  'cancelled',
  'paused',
  'waiting',
] as const;
export const sampleAgentGenderValues = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const sampleAgentPosting_cadenceValues = ['hourly', 'daily', 'weekly', 'monthly'] as const;
export const sampleAgentToneValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const sayCommandLanguageValues = ['en', 'es'] as const;
export const scenarioDefinitionOneOf0PopulationGenderValues = [
  'female',
  'male',
  'non_binary',
  'unspecified',
] as const;
export const scenarioDefinitionOneOf0GraphOneOf0AffinityExportValues = ['csv', 'parquet'] as const;
export const scenarioDefinitionOneOf0GraphOneOf1AffinityExportValues = ['csv', 'parquet'] as const;
export const scenarioDefinitionOneOf0GraphOneOf2AffinityExportValues = ['csv', 'parquet'] as const;
export const scenarioDefinitionOneOf0GraphOneOf3AffinityExportValues = ['csv', 'parquet'] as const;
export const scenarioDefinitionOneOf0GraphOneOf4AffinityExportValues = ['csv', 'parquet'] as const;
export const scenarioDefinitionOneOf0GraphOneOf5AffinityExportValues = ['csv', 'parquet'] as const;
export const scenarioDefinitionOneOf0GraphOneOf6AffinityExportValues = ['csv', 'parquet'] as const;
export const scenarioDefinitionOneOf0OpinionsOneOf0StartValues = ['uniform', 'centred', 'polarised'] as const;
export const scenarioDefinitionOneOf0OpinionsOneOf1StartValues = ['uniform', 'centred', 'polarised'] as const;
export const scenarioDefinitionOneOf0OpinionsOneOf2StartValues = ['uniform', 'centred', 'polarised'] as const;
export const scenarioDefinitionOneOf0InterventionsOneOf0ContentVeracityValues = [
  'false',
  'true',
  'any',
] as const;
export const scenarioDefinitionOneOf0InterventionsOneOf1ContentVeracityValues = [
  'false',
  'true',
  'any',
] as const;
export const scenarioDefinitionOneOf0InterventionsOneOf2ContentVeracityValues = [
  'false',
  'true',
  'any',
] as const;
export const scenarioDefinitionOneOf0InterventionsOneOf3ContentVeracityValues = [
  'false',
  'true',
  'any',
] as const;
export const scenarioDefinitionOneOf0InterventionsOneOf4ContentVeracityValues = [
  'false',
  'true',
  'any',
] as const;
export const scenarioDefinitionOneOf0InterventionsOneOf6ContentVeracityValues = [
  'false',
  'true',
  'any',
] as const;
export const scenarioDefinitionOneOf0InterventionsOneOf9ContentVeracityValues = [
  'false',
  'true',
  'any',
] as const;
export const scenarioDefinitionOneOf0InterventionsOneOf9ByValues = ['followers', 'chance'] as const;
export const scenarioDefinitionOneOf0DecidersOneOf2MissingValues = ['rules', 'nothing'] as const;
export const scenarioDefinitionOneOf0DecidersOneOf3Cassette_modeValues = [
  'auto',
  'record',
  'replay',
] as const;
export const scenarioDefinitionOneOf0DecidersOneOf3MissingValues = ['rules', 'nothing'] as const;
export const scenarioDocumentOriginValues = ['stored', 'shipped'] as const;
export const scenarioEntryOriginValues = ['stored', 'shipped'] as const;
export const sessionRevoked_forAnyOf0Values = [
  'logout',
  'owner',
  'reuse',
  'password',
  'totp',
  'admin',
] as const;
export const sessionPlanStateValues = ['running', 'paused', 'completed', 'cancelled'] as const;
export const startWorkflowOneOf0InputSpecificationGenderValues = [
  'female',
  'male',
  'non_binary',
  'unspecified',
] as const;
export const startWorkflowOneOf1InputAudienceGenderValues = [
  'female',
  'male',
  'non_binary',
  'unspecified',
] as const;
export const startWorkflowOneOf1InputAudiencePosting_cadenceValues = [
  'hourly',
  'daily',
  'weekly',
  'monthly',
] as const;
export const startWorkflowOneOf1InputAudienceToneValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const startWorkflowOneOf3InputActValues = ['activate', 'suspend', 'retire'] as const;
export const templateOriginValues = ['stored', 'shipped'] as const;
export const templateStatusValues = ['draft', 'active', 'archived'] as const;
export const templateLanguagesValues = ['en', 'es'] as const;
export const templateDefault_languageValues = ['en', 'es'] as const;
export const templateDefinitionDefault_languageValues = ['en', 'es'] as const;
export const templateDefinitionVariablesValues = [
  'agent.name',
  'agent.first_name',
  'agent.country',
  'agent.city',
  'agent.age',
  'agent.gender',
  'agent.interests',
  'agent.bio',
  'agent.posting_cadence',
  'agent.tone',
  'interest',
  'other_interest',
  'topic',
  'campaign',
  'thread.author',
  'thread.topic',
] as const;
export const templateDefinitionLanguagesEnPhrasesAnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLanguagesEnCaptionAnyOf1AnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLanguagesEnAlt_textAnyOf1AnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLanguagesEnVariationsAnyOf0AnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLanguagesEnVariationsAnyOf1AlternativesAnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLanguagesEsPhrasesAnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLanguagesEsCaptionAnyOf1AnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLanguagesEsAlt_textAnyOf1AnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLanguagesEsVariationsAnyOf0AnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLanguagesEsVariationsAnyOf1AlternativesAnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLocalesPhrasesAnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLocalesCaptionAnyOf1AnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDefinitionLocalesAlt_textAnyOf1AnyOf1TonesValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const templateDiffChangesChangeValues = ['added', 'removed', 'changed', 'reordered'] as const;
export const templateEntryOriginValues = ['stored', 'shipped'] as const;
export const templateEntryStatusValues = ['draft', 'active', 'archived'] as const;
export const templateEntryLanguagesValues = ['en', 'es'] as const;
export const templateEntryDefault_languageValues = ['en', 'es'] as const;
export const templatePreviewLanguageValues = ['en', 'es'] as const;
export const templatePreviewDecisionActionValues = ['allow', 'label', 'review', 'escalate', 'block'] as const;
export const tokenRequestGrant_typeValues = ['client_credentials'] as const;
export const updateBotHealingAnyOf0Values = ['observe', 'propose', 'act'] as const;
export const updateCampaignAudienceGenderValues = ['female', 'male', 'non_binary', 'unspecified'] as const;
export const updateCampaignAudiencePosting_cadenceValues = ['hourly', 'daily', 'weekly', 'monthly'] as const;
export const updateCampaignAudienceToneValues = [
  'casual',
  'formal',
  'enthusiastic',
  'sarcastic',
  'informative',
] as const;
export const updateQueueHealingAnyOf0Values = ['observe', 'propose', 'act'] as const;
export const updateWorkerDesired_stateValues = ['running', 'drained'] as const;
export const updateWorkerHealingAnyOf0Values = ['observe', 'propose', 'act'] as const;
export const userKindValues = ['person', 'service'] as const;
export const validationReferenceKindValues = ['aggregates', 'trees'] as const;
export const validationFiguresMeasureValues = ['size', 'depth', 'breadth', 'virality'] as const;
export const validationFiguresStatisticValues = ['median', 'p90'] as const;
export const validationDistributionsAnyOf0MeasureValues = ['size', 'depth', 'breadth', 'virality'] as const;
export const validationCurvesAnyOf0MeasureValues = ['scale', 'depth', 'breadth'] as const;
export const validationBaselinesSourceValues = ['computed', 'published'] as const;
export const workerQueuesValues = ['population', 'content', 'simulation'] as const;
export const workerDesired_stateValues = ['running', 'drained'] as const;
export const workerHealingAnyOf0Values = ['observe', 'propose', 'act'] as const;
export const workerStatusValues = ['running', 'draining', 'drained', 'silent', 'gone'] as const;
export const workflowWorkflowValues = [
  'onboarding',
  'content_publication',
  'moderation_escalation',
  'lifecycle',
  'session',
] as const;
export const workflowStateValues = ['running', 'waiting', 'completed', 'failed', 'cancelled'] as const;
export const workflowWaits_forAnyOf0KindAnyOf0Values = ['job', 'decision', 'publication'] as const;
export const workflowStepStateValues = [
  'pending',
  'running',
  'waiting',
  'completed',
  'failed',
  'skipped',
] as const;
export const workflowSummaryWorkflowValues = [
  'onboarding',
  'content_publication',
  'moderation_escalation',
  'lifecycle',
  'session',
] as const;
export const workflowSummaryStateValues = ['running', 'waiting', 'completed', 'failed', 'cancelled'] as const;
