package org.sosia.crypto.abe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Key ceremonies among honest dealers, for tests that need a quorum. */
final class Ceremonies {
    private Ceremonies() {}

    record Outcome(QuorumParameters parameters, List<AuthorityShare> shares) {
        AuthorityShare of(int authority) {
            return shares.get(authority - 1);
        }
    }

    static Outcome founding(Quorum quorum) {
        List<Dealer> dealers = IntStream.rangeClosed(1, quorum.authorities())
                .mapToObj(number -> Dealer.founding(number, quorum))
                .toList();
        try {
            return outcome(KeyCeremony.founding(dealings(dealers)), dealers);
        } catch (CheatingDealerException e) {
            throw new AssertionError("honest dealers were accused", e);
        }
    }

    static Outcome converting(MasterSecretKey master, Quorum quorum) throws CheatingDealerException {
        Dealer dealer = Dealer.converting(master, quorum);
        return outcome(KeyCeremony.converting(master.publicParameters(), dealer.dealing()), List.of(dealer));
    }

    static Outcome renewing(Outcome present, List<Integer> members, Quorum next) throws CheatingDealerException {
        List<Dealer> dealers = members.stream()
                .map(member -> Dealer.renewing(present.of(member), members, next))
                .toList();
        return outcome(KeyCeremony.renewing(present.parameters(), dealings(dealers)), dealers);
    }

    static List<Dealing> dealings(List<Dealer> dealers) {
        return dealers.stream().map(Dealer::dealing).toList();
    }

    private static Outcome outcome(KeyCeremony ceremony, List<Dealer> dealers) throws CheatingDealerException {
        QuorumParameters parameters = ceremony.parameters();
        List<AuthorityShare> shares = new ArrayList<>();
        for (int authority = 1; authority <= parameters.quorum().authorities(); authority++) {
            int receiver = authority;
            shares.add(ceremony.receive(
                    authority,
                    dealers.stream().map(dealer -> dealer.shareFor(receiver)).toList()));
        }
        return new Outcome(parameters, shares);
    }
}
