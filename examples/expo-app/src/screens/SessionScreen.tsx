import { Button } from 'react-native';
import Intercom from '@intercom/intercom-react-native';

import { useSession } from '../support/session';

export function FaultySessionScreen() {
  const status = useSession((session) => session.status);
  // While it is connecting, there is no token yet.
  const open = async () => {
    if (status === 'signed out') return;
    await Intercom.present();
  };

  return <Button title="Messages" onPress={open} />;
}

export function SessionScreen() {
  const status = useSession((session) => session.status);
  const open = async () => {
    if (status !== 'connected') return;
    await Intercom.present();
  };

  return <Button title="Messages" onPress={open} />;
}
