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

// Correct

export function mintToken({ id, email, name }: Account): string {
  return jwt.sign({ user_id: id, email, name }, intercomSecret, {
    algorithm: 'HS256',
    expiresIn: '1h',
  });
}
