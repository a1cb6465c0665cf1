import jwt from 'jsonwebtoken';

export interface Account {
  id: string;
  email: string;
  name: string;
}

const intercomSecret = required('INTERCOM_MESSENGER_SECRET');

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

// Faulty

export function mintShortToken({ id, email }: Account): string {
  return jwt.sign({ user_id: id, email }, intercomSecret, {
    algorithm: 'HS256',
    // Five minutes in a pocket, and the Messenger stays blank.
    expiresIn: '5m',
  });
}

/** What a session of the app lasts, in seconds. */
const SESSION = '3600';

export function mintSessionToken({ id, email }: Account): string {
  // Digits alone are milliseconds: the token lasts three seconds.
  return jwt.sign({ user_id: id, email }, intercomSecret, { expiresIn: SESSION });
}

export function mintSubjectToken({ id, email }: Account): string {
  // Intercom reads `user_id`.
  return jwt.sign({ sub: id, email }, intercomSecret, { expiresIn: '1h' });
}

export function mintDevelopmentToken({ id }: Account): string {
  const secret = process.env.INTERCOM_MESSENGER_SECRET ?? 'parcelpal-dev';
  return jwt.sign({ user_id: id }, secret, { expiresIn: '1h' });
}

// Correct

export function mintToken({ id, email, name }: Account): string {
  return jwt.sign({ user_id: id, email, name }, intercomSecret, {
    algorithm: 'HS256',
    expiresIn: '1h',
  });
}

/** The token of the app itself. How long it lasts is no business of Intercom's. */
export function mintAccessToken({ id }: Account): string {
  return jwt.sign({ sub: id }, required('ACCESS_TOKEN_SECRET'), { expiresIn: '5m' });
}
