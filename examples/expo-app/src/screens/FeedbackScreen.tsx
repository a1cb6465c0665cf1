import Intercom from '@intercom/intercom-react-native';
import {
  startTransition,
  Suspense,
  use,
  useActionState,
  useEffect,
  useEffectEvent,
  useState,
} from 'react';
import { Button, Text } from 'react-native';

import { fetchIntercomJwt, type User } from '../api';

const connect = async (user: User) => {
  await Intercom.setUserJwt(await fetchIntercomJwt(user));
};

export function FaultyFeedbackScreen({ user }: { user: User }) {
  const [outcome, ask] = useActionState(async () => {
    try {
      await connect(user);
    } catch {
      return 'failed';
    }
    return 'connected';
  }, null);

  // Whatever came out of it.
  if (outcome !== null) return <Button title="Tell us" onPress={() => Intercom.present()} />;
  return <Button title="Connect" onPress={() => startTransition(ask)} />;
}

export function FeedbackScreen({ user }: { user: User }) {
  const [outcome, ask] = useActionState(async () => {
    try {
      await connect(user);
    } catch {
      return 'failed';
    }
    return 'connected';
  }, null);

  if (outcome === 'connected') {
    return <Button title="Tell us" onPress={() => Intercom.present()} />;
  }
  return <Button title="Connect" onPress={() => startTransition(ask)} />;
}

function Opener({ ready }: { ready: Promise<void> }) {
  use(ready);
  return <Button title="Tell us" onPress={() => Intercom.present()} />;
}

function FaultyOpener({ ready }: { ready: Promise<void> }) {
  // Nobody waits for the promise.
  return <Button title={String(ready)} onPress={() => Intercom.present()} />;
}

export function SurveyScreen({ user }: { user: User }) {
  const [ready] = useState(() => connect(user));
  return (
    <Suspense fallback={<Text>…</Text>}>
      <Opener ready={ready} />
      <FaultyOpener ready={ready} />
    </Suspense>
  );
}

interface GateProps {
  ensure: () => Promise<void>;
  open: () => Promise<boolean>;
}

function FaultyGate({ ensure, open }: GateProps) {
  const press = async () => {
    void ensure();
    await open();
  };
  return <Button title="Rate us" onPress={press} />;
}

function Gate({ ensure, open }: GateProps) {
  const press = async () => {
    await ensure();
    await open();
  };
  return <Button title="Rate us" onPress={press} />;
}

export function RatingScreen({ user }: { user: User }) {
  return (
    <>
      <FaultyGate ensure={() => connect(user)} open={() => Intercom.presentMessageComposer()} />
      <Gate ensure={() => connect(user)} open={() => Intercom.present()} />
    </>
  );
}

export function GreetingScreen({ user, isNew }: { user: User; isNew: boolean }) {
  const faultyGreet = useEffectEvent(async () => {
    void connect(user);
    await Intercom.presentMessageComposer();
  });
  const greet = useEffectEvent(async () => {
    await connect(user);
    await Intercom.present();
  });
  useEffect(() => {
    if (isNew) void faultyGreet();
    else void greet();
  }, [isNew]);
  return null;
}
