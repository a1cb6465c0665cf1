import { useEffect, useState } from 'react';
import { Text, View } from 'react-native';
import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, restoreUser, type User } from './src/api';
import { AccountScreen } from './src/screens/AccountScreen';
import { HelpScreen } from './src/screens/HelpScreen';
import { HomeScreen } from './src/screens/HomeScreen';
import { useTokenRefresh } from './src/support/refresh';

export default function App() {
  const [user, setUser] = useState<User | null>(null);

  useEffect(() => {
    async function start() {
      const restored = await restoreUser();
      if (restored === null) {
        await Intercom.loginUnidentifiedUser();
        return;
      }
      await Intercom.setUserJwt(await fetchIntercomJwt(restored));
      await Intercom.loginUserWithUserAttributes({ userId: restored.id, email: restored.email });
      setUser(restored);
    }

    start().catch(reportError);
  }, []);

  useTokenRefresh(user);

  if (user === null) return <Text>Welcome to Parcel Pal</Text>;
  return (
    <View>
      <HomeScreen user={user} />
      <HelpScreen user={user} />
      <AccountScreen user={user} onLeave={() => setUser(null)} />
    </View>
  );
}
