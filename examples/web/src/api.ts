export interface User {
  id: string;
  email: string;
  name: string;
}

/** Has the server mint a user JWT for whoever is signed in. */
export async function fetchIntercomJwt(): Promise<string> {
  const response = await fetch('/api/intercom/jwt', { method: 'POST' });
  if (!response.ok) throw new Error(`no user JWT: ${response.status}`);
  return response.text();
}

export async function signOutOfApp(): Promise<void> {
  await fetch('/api/sign-out', { method: 'POST' });
}

export function reportError(error: unknown): void {
  console.error(error);
}
