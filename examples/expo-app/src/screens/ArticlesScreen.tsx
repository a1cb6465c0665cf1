import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Text, View } from 'react-native';
import Intercom, { Space } from '@intercom/intercom-react-native';

import { fetchIntercomJwt, type User } from '../api';
import { useSession } from '../support/session';

export function FaultyArticlesScreen({ user }: { user: User }) {
  const { mutate } = useMutation({
    mutationFn: async () => Intercom.setUserJwt(await fetchIntercomJwt(user)),
  });
  const open = async () => {
    // It is on its way, and nothing waits for it.
    mutate();
    await Intercom.presentSpace(Space.helpCenter);
  };

  return <Button title="All articles" onPress={open} />;
}

export function ArticlesScreen({ user }: { user: User }) {
  const isConnected = useSession(({ status }) => status === 'connected');
  const { data } = useQuery({
    queryKey: ['articles'],
    queryFn: () => Intercom.fetchHelpCenterCollections(),
    enabled: isConnected,
  });
  const { mutateAsync } = useMutation({
    mutationFn: async () => Intercom.setUserJwt(await fetchIntercomJwt(user)),
  });
  const open = async () => {
    await mutateAsync();
    await Intercom.presentSpace(Space.helpCenter);
  };

  return (
    <View>
      <Text>{data?.length ?? 0}</Text>
      <Button title="All articles" onPress={open} />
    </View>
  );
}
