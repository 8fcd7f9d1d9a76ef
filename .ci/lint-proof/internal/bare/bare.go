package bare // want godoclint
