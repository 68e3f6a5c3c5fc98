package org.sosia.crypto.policy;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A policy's tree: attributes at the leaves, k-of-n gates above them ("and" is n-of-n, "or" is 1-of-n). */
sealed interface Formula {
    int MAX_LEAVES = 256;
    int MAX_DEPTH = 16;
    int MAX_CHILDREN = 64;

    int leaves();

    int depth();

    boolean isSatisfiedBy(Set<Attribute> held);

    void appendLeaves(List<Attribute> to);

    Formula map(UnaryOperator<Attribute> change);

    record Leaf(Attribute attribute) implements Formula {
        @Override
        public int leaves() {
            return 1;
        }

        @Override
        public int depth() {
            return 0;
        }

        @Override
        public boolean isSatisfiedBy(Set<Attribute> held) {
            return held.contains(attribute);
        }

        @Override
        public void appendLeaves(List<Attribute> to) {
            to.add(attribute);
        }

        @Override
        public Formula map(UnaryOperator<Attribute> change) {
            return new Leaf(change.apply(attribute));
        }
    }

    record Gate(int threshold, List<Formula> children) implements Formula {
        public Gate {
            children = List.copyOf(children);
            // One child would be the child itself written twice, and a policy has one form.
            if (children.size() < 2 || children.size() > MAX_CHILDREN || threshold < 1 || threshold > children.size()) {
                throw new IllegalArgumentException("a gate asks for 1 to n of its 2 to 64 children");
            }
        }

        @Override
        public int leaves() {
            return children.stream().mapToInt(Formula::leaves).sum();
        }

        @Override
        public int depth() {
            return 1 + children.stream().mapToInt(Formula::depth).max().orElse(0);
        }

        @Override
        public boolean isSatisfiedBy(Set<Attribute> held) {
            return children.stream().filter(child -> child.isSatisfiedBy(held)).count() >= threshold;
        }

        @Override
        public void appendLeaves(List<Attribute> to) {
            children.forEach(child -> child.appendLeaves(to));
        }

        @Override
        public Formula map(UnaryOperator<Attribute> change) {
            return new Gate(
                    threshold, children.stream().map(child -> child.map(change)).toList());
        }
    }
}
