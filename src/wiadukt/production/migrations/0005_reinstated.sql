-- Orders that were cancelled in favour of a changed one which did not take their place: a late repeat of that
-- cancellation must not stop them again.

CREATE TABLE reinstated (
    order_number text NOT NULL,
    instead_of text NOT NULL,
    PRIMARY KEY (order_number, instead_of)
);
