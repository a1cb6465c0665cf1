/** Parcel Pal's own backend, as the app sees it. */

const BASE_URL = process.env.EXPO_PUBLIC_API_URL ?? 'http://localhost:3000';

export interface User {
  id: string;
  email: string;
  name: string;
  accessToken: string;
}

export interface Parcel {
  id: string;
  label: string;
}

async function get<T>(path: string, accessToken?: string): Promise<T> {
  const headers: Record<string, string> = {};
  if (accessToken !== undefined) headers.authorization = `Bearer ${accessToken}`;
  const response = await fetch(`${BASE_URL}${path}`, { headers });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

/** A new Intercom user JWT, minted by `server/` for the user who is signed in. */
export async function fetchIntercomJwt(user: User): Promise<string> {
  const { token } = await get<{ token: string }>('/support/token', user.accessToken);
  return token;
}

export function restoreUser(): Promise<User | null> {
  return get('/session');
}

export function fetchParcels(user: User): Promise<Parcel[]> {
  return get('/parcels', user.accessToken);
}

export function reportError(error: unknown): void {
  console.warn('[parcel-pal]', error);
}
