import { reportError, type User } from './api';
import { useProfile } from './useProfile';
import { useSignIn } from './useSignIn';

export function App({ user }: { user: User }) {
  const { signIn, signInAgain, signInByOldName } = useSignIn();
  const { rename, renameUnproven } = useProfile();

  return (
    <main>
      <h1>Parcel Pal</h1>
      <button onClick={() => signIn(user).catch(reportError)}>Sign in</button>
      <button onClick={() => signInAgain(user).catch(reportError)}>Sign in, to no effect</button>
      <button onClick={() => signInByOldName(user).catch(reportError)}>Sign in by a name</button>
      <button onClick={() => rename(user, 'Bea').catch(reportError)}>Rename</button>
      <button onClick={() => renameUnproven(user, 'Bea')}>Rename without a proof</button>
    </main>
  );
}
