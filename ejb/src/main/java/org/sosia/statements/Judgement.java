package org.sosia.statements;

/** What a statement proves to somebody who trusts nobody. */
public enum Judgement {
    /** The cloud did what it signed. */
    RIGHT,
    /** The cloud signed a result that header and key do not give. */
    WRONG,
    /** Nothing: the cloud did not sign it, or it is about another header or key than those shown. */
    NOTHING
}
