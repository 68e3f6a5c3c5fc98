package org.sosia.records;

/** How sensitive the data owner considers a record. */
public enum Sensitivity {
    LOW,
    MEDIUM,
    HIGH
}
