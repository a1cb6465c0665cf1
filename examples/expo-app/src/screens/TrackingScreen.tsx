import Intercom from '@intercom/intercom-react-native';
import { Button, Text } from 'react-native';
import useSWR from 'swr';

import { fetchIntercomJwt, type User } from '../api';

export function FaultyTrackingScreen({ user }: { user: User }) {
  const { error } = useSWR(['tracking', user.id], async () => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    return true;
  });

  // It has not failed, and need not have come to its end.
  if (error) return <Text>Try again</Text>;
  return <Button title="Where is it?" onPress={() => Intercom.present()} />;
}

export function TrackingScreen({ user }: { user: User }) {
  const { error, isLoading } = useSWR(['tracking', user.id], async () => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    return true;
  });

  if (isLoading) return <Text>…</Text>;
  if (error) return <Text>Try again</Text>;
  return <Button title="Where is it?" onPress={() => Intercom.present()} />;
}
