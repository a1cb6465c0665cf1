import { useQuery } from '@tanstack/react-query';
import { Button, Text } from 'react-native';
import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, type User } from '../api';

export function FaultyQuestionsScreen({ user }: { user: User }) {
  const { isSuccess } = useQuery({
    queryKey: ['questions', 'token', user.id],
    queryFn: () => fetchIntercomJwt(user),
  });

  // There is a token, and nobody has set it.
  return isSuccess ? <Button title="Ask us" onPress={() => Intercom.present()} /> : <Text>…</Text>;
}

export function QuestionsScreen({ user }: { user: User }) {
  const { isSuccess } = useQuery({
    queryKey: ['questions', 'session', user.id],
    queryFn: async () => {
      await Intercom.setUserJwt(await fetchIntercomJwt(user));
      return true;
    },
  });

  return isSuccess ? <Button title="Ask us" onPress={() => Intercom.present()} /> : <Text>…</Text>;
}
