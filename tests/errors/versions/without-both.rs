kgen::version! {}
