import { useEffect, useState } from 'react';
import { Button, View } from 'react-native';
import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, type User } from '../api';

export function FaultyReadyScreen({ user }: { user: User }) {
  const [ready, setReady] = useState(false);

  useEffect(() => {
    async function connect() {
      // It is ready before there is a token.
      setReady(true);
      await Intercom.setUserJwt(await fetchIntercomJwt(user));
    }

    connect().catch(reportError);
  }, [user]);

  return <View>{ready && <Button title="Messages" onPress={() => Intercom.present()} />}</View>;
}

export function ReadyScreen({ user }: { user: User }) {
  const [ready, setReady] = useState(false);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    async function connect() {
      await Intercom.setUserJwt(await fetchIntercomJwt(user));
      setReady(true);
    }

    connect().catch(() => setFailed(true));
  }, [user]);

  const canChat = ready && !failed;
  const leave = async () => {
    setReady(false);
    await Intercom.logout();
  };

  return (
    <View>
      {canChat && <Button title="Messages" onPress={() => Intercom.present()} />}
      <Button title="Leave" onPress={leave} />
    </View>
  );
}
