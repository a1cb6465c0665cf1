import { createHmac } from 'node:crypto';

interface Claims {
  user_id: string;
  exp: number;
}

function signIntercomJwt(claims: Claims, secret: string): string {
  const input = [encode({ alg: 'HS256', typ: 'JWT' }), encode(claims)].join('.');
  const signature = createHmac('sha256', secret).update(input).digest('base64url');
  return `${input}.${signature}`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** Identity verification as it was before user JWTs: no token, and nothing that expires. */
export function userHash(userId: string, intercomSecret: string): string {
  return createHmac('sha256', intercomSecret).update(userId).digest('hex');
}

// Faulty

export function shortToken(id: string, secret: string): string {
  const now = Math.floor(Date.now() / 1000);
  return signIntercomJwt({ user_id: id, exp: now + 10 * 60 }, secret);
}

export function endlessToken(id: string, secret: string): string {
  // `exp` is in seconds, `Date.now()` in milliseconds.
  return signIntercomJwt({ user_id: id, exp: Date.now() + 60 * 60 * 1000 }, secret);
}

// Correct

export function hourToken(id: string, secret: string): string {
  const now = Math.floor(Date.now() / 1000);
  return signIntercomJwt({ user_id: id, exp: now + 60 * 60 }, secret);
}
